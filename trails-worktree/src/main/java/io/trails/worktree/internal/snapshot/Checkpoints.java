package io.trails.worktree.internal.snapshot;

import io.trails.Checkpoint;
import io.trails.TrailsException;
import io.trails.worktree.internal.tree.SessionTree;
import java.util.List;

/** The checkpoints of one session: commits below a ref of their own each. Immutable, thread-safe. */
public final class Checkpoints {
    private final SessionTree tree;

    public Checkpoints(SessionTree tree) {
        this.tree = tree;
    }

    /** Keeps all files that are not ignored. Branch, index, stash and files are not touched. */
    public Checkpoint checkpoint(String label) {
        throw new UnsupportedOperationException(label + tree);
    }

    /** Oldest first. */
    public List<Checkpoint> list() {
        throw new UnsupportedOperationException();
    }

    /**
     * Brings all files back but those that are ignored; branch, index and stash are not touched. If it is interrupted, a second
     * one finishes.
     *
     * @return the checkpoint of what the files were before
     * @throws TrailsException {@code worktree.checkpoint-unknown}; {@code worktree.operation-under-way} during a merge or the
     *     like; {@code worktree.files-changing} if others write in the tree; {@code worktree.restore-blocked}
     */
    public Checkpoint restore(Checkpoint checkpoint) {
        throw new UnsupportedOperationException(checkpoint + "");
    }

    /**
     * The commit of a checkpoint.
     *
     * @throws TrailsException {@code worktree.checkpoint-unknown} if it is none of this session
     */
    public String commit(Checkpoint checkpoint) {
        throw new UnsupportedOperationException(checkpoint + "");
    }
}
