package io.trails.worktree.internal.snapshot;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.tree.SessionTree;
import java.time.Clock;
import java.util.Optional;

/** Takes snapshots of one tree. It writes nothing but objects. Immutable, thread-safe. */
public final class Snapshots {
    private final Git git;
    private final Optional<String> ignored;
    private final Clock clock;
    private final Optional<ScratchObjects> scratch;

    public Snapshots(SessionTree tree) {
        this(tree.git(), tree.ignored(), tree.clock());
    }

    /**
     * Of a tree that is no session's.
     *
     * @param git at the root of the tree
     * @param ignored what in it is trails' own, relative to the root, with '/' at its end
     */
    public Snapshots(Git git, Optional<String> ignored, Clock clock) {
        this(git, ignored, clock, Optional.empty());
    }

    private Snapshots(Git git, Optional<String> ignored, Clock clock, Optional<ScratchObjects> scratch) {
        this.git = git;
        this.ignored = ignored;
        this.clock = clock;
        this.scratch = scratch;
    }

    /** The same, with the objects in a place that is deleted soon. */
    public Snapshots in(ScratchObjects objects) {
        return new Snapshots(git, ignored, clock, Optional.of(objects));
    }

    /** All files as git sees them now: files that are hidden from it (assume-unchanged, skip-worktree) are as in the index. */
    public Snapshot take() {
        throw new UnsupportedOperationException();
    }

    /** As {@link #take}, with what is on disk of files that are hidden from git: for a tree that is about to be deleted. */
    public Snapshot takeHiddenToo() {
        throw new UnsupportedOperationException();
    }

    /**
     * Keeps a snapshot as a commit. Its parents are the commit that was checked out, unless there was none, then one of what was
     * staged, then, if the index was unmerged, one of the stages. It is made in trails' own name, unsigned, and without hooks.
     *
     * @return the id of the commit, to which no ref leads yet
     */
    public String commit(Snapshot snapshot, String message) {
        throw new UnsupportedOperationException();
    }
}
