package io.trails.worktree.internal.register;

/** How far the creation of a worktree came, in this order. The names are written to disk. */
public enum Step {
    /** git knows the tree; it may be empty. */
    REGISTERED,
    /** It has the files of its commit and an index. */
    POPULATED,
    /** It has the work that was brought over. */
    CARRIED,
    /** It has the ignored files that the project asks for. */
    INCLUDED,
    /** It was prepared by the configured commands. */
    PREPARED,
    /** It can be worked in. */
    READY;

    public boolean isBefore(Step other) {
        return compareTo(other) < 0;
    }
}
