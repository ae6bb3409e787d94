package io.trails.bench;

import java.util.List;

/** What worktrees cost, beside the git command that does the same and beside what others execute for it. */
final class WorktreeRows {
    private static final String SQUAD = ", as claude-squad does it (434ca25): ";
    private static final String USE = ", as container-use does it (2e43e62): ";
    private static final int TOGETHER = 20;

    private WorktreeRows() {}

    static List<Contest> all() {
        return List.of(
                creations(Size.SMALL, Contest.Effort.medium(), 1.2),
                creations(Size.MEDIUM, Contest.Effort.heavy(15), 0.7),
                big(),
                together(),
                firstStatus(),
                changes(),
                previews(),
                checkpoints(),
                removals());
    }

    private static Contest creations(Size size, Contest.Effort effort, double target) {
        String what = "worktree, created, " + size;
        return new Contest(effort, "`git worktree add --no-track -b`", GitWays.add(size))
                .entry(what + ": planned and created by its provider", Target.ratio(target), TreeWays.create(size))
                .entry(
                        what + SQUAD + "`show-ref`, `worktree remove -f`, `branch -D`, `rev-parse`, `worktree add -b`",
                        Target.none(),
                        OtherTreeWays.squadCreates(size))
                .entry(
                        what + USE
                                + "`push` to a second repository, `worktree add` there, `fetch`, two `submodule`, `commit`",
                        Target.none(),
                        OtherTreeWays.useCreates(size));
    }

    private static Contest big() {
        Size size = Size.BIG;
        String what = "worktree, created, " + size + ", 500 MB";
        return new Contest(Contest.Effort.heavy(5), "`git worktree add --no-track -b`", GitWays.add(size))
                .entry(what + ", from the project's own files", Target.ratio(0.40), TreeWays.create(size))
                .entry(what + ", from a bare repository", Target.ratio(0.75), TreeWays.createUnseeded(size))
                .entry(what + SQUAD + "the same commands as above", Target.none(), OtherTreeWays.squadCreates(size))
                .entry(what + USE + "the same commands as above", Target.none(), OtherTreeWays.useCreates(size));
    }

    private static Contest together() {
        Size size = Size.SMALL;
        return new Contest(
                        Contest.Effort.heavy(15),
                        TOGETHER + " `git worktree add` one after the other",
                        GitWays.addMany(size, TOGETHER))
                .entry(
                        "worktree, " + TOGETHER + " created at the same time by as many threads, " + size,
                        Target.ratio(0.8),
                        TreeWays.createMany(size, TOGETHER));
    }

    private static Contest firstStatus() {
        Size size = Size.BIG;
        return new Contest(Contest.Effort.heavy(5), "the same after `git worktree add`", GitWays.firstStatus(size))
                .entry(
                        "worktree, the first `git status` in it, " + size,
                        Target.ratio(1.7),
                        TreeWays.firstStatus(size));
    }

    private static Contest changes() {
        Size size = Size.BIG;
        String what = "worktree, 100 changed files of " + size;
        return new Contest(
                        Contest.Effort.medium(),
                        "`git status --porcelain=v2 -z --untracked-files=all`, which counts no lines",
                        GitWays.status(size))
                .entry(what + ": `changes`, with lines counted", Target.ratio(1.3), TreeWays.changes(size))
                .entry(what + SQUAD + "`add -N .`, `diff`", Target.none(), OtherTreeWays.squadDiffs(size));
    }

    private static Contest previews() {
        Size size = Size.BIG;
        return new Contest(Contest.Effort.medium(), "`git merge-tree --write-tree -z`", GitWays.mergeTree(size))
                .entry(
                        "worktree, 1,100 changed files of " + size + ": `preview`, which writes nothing",
                        Target.ratio(1.3),
                        TreeWays.preview(size));
    }

    private static Contest checkpoints() {
        Size size = Size.BIG;
        return new Contest(Contest.Effort.medium(), "`git add -A`, `git write-tree`", GitWays.addAndWriteTree(size))
                .entry(
                        "worktree, 100 changed files of " + size + ": `checkpoint`",
                        Target.ratio(1.5),
                        TreeWays.checkpoint(size));
    }

    private static Contest removals() {
        Size size = Size.MEDIUM;
        String what = "worktree, removed, " + size;
        return new Contest(Contest.Effort.heavy(15), "`git worktree remove`", GitWays.remove(size))
                .entry(what + ", nothing in it to rescue", Target.ratio(1.5), TreeWays.remove(size))
                .entry(what + ", 10 changed files rescued", Target.ratio(1.5), TreeWays.rescue(size))
                .entry(
                        what + SQUAD + "`worktree remove -f`, `branch -D`, `worktree prune`, the work lost",
                        Target.none(),
                        OtherTreeWays.squadRemoves(size));
    }
}
