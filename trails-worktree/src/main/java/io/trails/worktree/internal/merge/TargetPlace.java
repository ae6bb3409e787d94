package io.trails.worktree.internal.merge;

import io.trails.Reason;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Operation;
import io.trails.worktree.internal.tree.SessionTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where a target is checked out, and what is in the way there. Immutable.
 *
 * @param directory the root of that tree; empty if the target is checked out nowhere
 */
record TargetPlace(SessionTree tree, Target target, Optional<Path> directory) {
    private static final int SHOWN = 10;

    static TargetPlace find(SessionTree tree, Target target) {
        boolean exact = tree.git().version().isAtLeast(2, 36);
        GitCall list = GitCall.of("worktree", "list", "--porcelain");
        List<RepoPath> fields = exact
                ? tree.git().run(list.and("-z")).fields()
                : tree.git().run(list).text().lines().map(RepoPath::of).toList();
        Optional<Path> directory = Optional.empty();
        RepoPath branch = RepoPath.of("branch " + target.ref());
        RepoPath worktree = RepoPath.of("");
        for (RepoPath field : fields) {
            if (field.startsWith(RepoPath.of("worktree "))) worktree = field.from("worktree ".length());
            if (field.equals(branch)) directory = worktree.in(Path.of("/"));
        }
        return new TargetPlace(tree, target, directory);
    }

    Optional<Git> git() {
        return directory.map(tree.git()::in);
    }

    /** Whether somebody is in the middle of something with the target. */
    Optional<Reason> busy() {
        if (UnderWay.on(tree.repository(), target.ref()))
            return Optional.of(busy("a rebase or bisect of it is under way"));
        if (directory.isEmpty()) return Optional.empty();
        if (!Files.isDirectory(directory.get()))
            return Optional.of(busy("it is checked out in " + directory.get() + ", which is not there"));
        Git there = git().orElseThrow();
        for (Operation operation : Operation.underWay(there))
            return Optional.of(busy("a " + operation.word() + " is under way in " + directory.get()));
        if (there.run("ls-files", "-u", "-z").bytes().length > 0)
            return Optional.of(busy("there are conflicts to resolve in " + directory.get()));
        return Optional.empty();
    }

    private Reason busy(String why) {
        return Reason.of(
                "worktree.target-busy",
                "Branch '" + target.name() + "' cannot be moved now: " + why,
                "Finish or abort that first");
    }

    /** Files there that are not committed and that a move to a commit, or to one with that tree, would change. */
    Optional<Reason> dirty(MergeStore store, String commit) {
        if (directory.isEmpty()) return Optional.empty();
        List<RepoPath> paths = inTheWay(store, commit);
        if (paths.isEmpty()) return Optional.empty();
        String named = String.join(
                ", ", paths.stream().limit(SHOWN).map(RepoPath::text).toList());
        return Optional.of(Reason.of(
                "worktree.target-dirty",
                "The merge would change files in " + directory.get() + " that are not committed there: " + named
                        + (paths.size() > SHOWN ? " and " + (paths.size() - SHOWN) + " more" : ""),
                "Commit or stash them there, and merge again"));
    }

    List<RepoPath> inTheWay(MergeStore store, String commit) {
        Git there = git().orElseThrow();
        var changed = new TreeSet<RepoPath>();
        var known = new ArrayList<Stage>();
        var inTheWay = new ArrayList<RepoPath>();
        List<RepoPath> changes = store.run(GitCall.of(
                        "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", target.commit(), commit))
                .fields();
        var added = new ArrayList<RepoPath>();
        for (int i = 0; i + 1 < changes.size(); i += 2) {
            String[] words = changes.get(i).latin().substring(1).split(" ", -1);
            RepoPath path = changes.get(i + 1);
            if (words[4].equals("A")) {
                added.add(path);
            } else {
                changed.add(path);
                known.add(new Stage(words[0], words[2], Stage.OURS, path));
            }
        }
        var room = new Room(directory.orElseThrow(), changed);
        var paths = new TreeSet<>(changed);
        for (RepoPath path : added) {
            if (room.isTaken(path)) inTheWay.add(path);
            else paths.add(path);
        }
        if (new UntouchedFiles(there, target.commit()).are(paths, known)) return inTheWay;
        for (RepoPath path : dirty(there)) if (paths.contains(path)) inTheWay.add(path);
        return inTheWay;
    }

    private static List<RepoPath> dirty(Git there) {
        var paths = new ArrayList<RepoPath>();
        List<RepoPath> status = there.run("status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames")
                .fields();
        for (RepoPath entry : status) paths.add(entry.from("XY ".length()));
        return paths;
    }
}
