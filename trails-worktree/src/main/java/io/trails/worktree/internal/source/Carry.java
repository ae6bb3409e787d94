package io.trails.worktree.internal.source;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Checkpoints;
import io.trails.worktree.internal.snapshot.Plumbing;
import io.trails.worktree.internal.snapshot.Snapshot;
import io.trails.worktree.internal.snapshot.Snapshots;
import io.trails.worktree.internal.snapshot.TreeStatus;
import io.trails.worktree.internal.snapshot.TreeSwitch;
import io.trails.worktree.internal.tree.SessionTree;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Brings work that is not committed from one tree into the fresh tree of a session, which holds its base and nothing else. Each
 * step can be repeated after a crash. Immutable.
 */
public final class Carry {
    private final Git source;
    private final Optional<String> ignored;
    private final SessionTree target;

    /**
     * @param source at the root of the tree with the work
     * @param ignored what in the source is trails' own, relative to its root, with '/' at its end
     * @param target the session's
     */
    public Carry(Git source, Optional<String> ignored, SessionTree target) {
        this.source = source;
        this.ignored = ignored;
        this.target = target;
    }

    /** Whether {@link #carry} would find something now, and may be asked for it. Takes less time than that. */
    public boolean isNeeded() {
        TreeStatus status = TreeStatus.parse(source.run(TreeStatus.call()));
        boolean staged = status.entries().stream().anyMatch(entry -> entry.inIndexChanged() || entry.unmerged());
        return staged || !status.without(ignored).entries().isEmpty();
    }

    /**
     * Copies the work: what is staged is staged in the target, what is not is not. The source stays as it is, to the byte. What
     * is in repositories inside the source, submodules included, is no work of this repository and is not copied.
     *
     * @return the commit of the target's files as they are then, for its start ref; empty if there was nothing to carry
     * @throws TrailsException {@code worktree.source-unmerged}; {@code worktree.carry-conflict} if the target has another base,
     *     to which the work does not apply; {@code worktree.files-not-written}
     */
    public Optional<String> carry() {
        Snapshot work = new Snapshots(source, ignored, target.clock()).take();
        if (work.stages().isPresent()) throw unmerged();
        if (!work.left().isEmpty()) {
            LoggerFactory.getLogger(Carry.class)
                    .debug("Session '{}' gets nothing of the repositories at {}", target.sessionId(), work.left());
        }
        if (work.sameAsHead()) return Optional.empty();
        var rebase = new Rebase(source, target.clock(), work.headTree(), tree(target.base()));
        String index = rebase.apply(work.indexTree());
        String files = rebase.apply(work.tree());
        switchTo(target, files);
        stage(index, work.intended());
        return Optional.of(start(target, Work.of(work).message(target.sessionId())));
    }

    private TrailsException unmerged() {
        return new TrailsException(
                "worktree.source-unmerged",
                "There are conflicts in " + source.directory()
                        + " that are not resolved, which cannot be carried; resolve them, or use DirtyPolicy.IGNORE");
    }

    private void stage(String index, List<RepoPath> intended) {
        Git git = target.git();
        git.run(Plumbing.call("read-tree", "--reset", "--no-sparse-checkout", index));
        if (!intended.isEmpty()) {
            git.run(Plumbing.call(
                            "add",
                            "--force",
                            "--intent-to-add",
                            "--sparse",
                            "--pathspec-from-file=-",
                            "--pathspec-file-nul")
                    .input(RepoPath.join(intended)));
        }
        git.run(Plumbing.call("update-index", "-q", "--refresh").accepting(0, 1));
    }

    /**
     * Brings the source back to its last commit, once {@link #carry} has returned that commit and the session is complete. What
     * has changed since it was copied stays. Ignored files stay.
     *
     * @param carried what {@link #carry} returned
     * @return the rescue commit of what was there, below {@code refs/trails/trash/<key>/moved}
     * @throws TrailsException {@code worktree.operation-under-way}; {@code worktree.source-changed} if something was committed
     *     or staged since
     */
    public String clean(String carried) {
        Work work = Work.parse(target.git().text("cat-file", "commit", carried))
                .orElseThrow(() -> new IllegalArgumentException(carried + " is no start of a session with work"));
        return new Cleaning(source, ignored, target).clean(work);
    }

    /**
     * The commit that a checkpoint was taken on, which is the base of a session that starts with it.
     *
     * @param checkpoint the id of one of any session of the repository, also of one that was removed
     * @throws TrailsException {@code worktree.checkpoint-unknown}, also if there was no commit yet
     */
    public static String baseOf(Git git, String checkpoint) {
        return Checkpoints.baseOf(git, checkpoint);
    }

    /**
     * Makes the target's files those of a checkpoint; what differs from its base is not staged.
     *
     * @param checkpoint the id of the checkpoint
     * @return the commit of the target's files as they are then, for its start ref
     */
    public static String fork(SessionTree target, String checkpoint) {
        String wanted = target.git().text("rev-parse", "--verify", "--end-of-options", checkpoint + "^{tree}");
        switchTo(target, wanted);
        return start(target, "Start of " + target.sessionId() + " with checkpoint " + checkpoint + "\n");
    }

    /** A tree that nobody works in yet holds nothing that would have to be kept. */
    private static void switchTo(SessionTree target, String files) {
        new TreeSwitch(target.git(), new Snapshots(target)).to(now -> files, Snapshot::tree);
    }

    private static String start(SessionTree target, String message) {
        var snapshots = new Snapshots(target);
        return snapshots.commit(snapshots.take(), message);
    }

    private String tree(String commit) {
        return source.text("rev-parse", "--verify", "--end-of-options", commit + "^{tree}");
    }
}
