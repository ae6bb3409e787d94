package io.trails;

/** What becomes of work in the project that is not committed when a session gets files of its own. */
public enum DirtyPolicy {
    /** The session is not opened: {@code worktree.source-dirty} names what is not committed. */
    BLOCK,
    /** The session starts from the last commit. */
    IGNORE,
    /**
     * The session starts with a copy of it: staged, unstaged, deleted, renamed and untracked files, staged or not as they were.
     * The project stays byte for byte as it was, its index and its stash included.
     */
    CARRY,
    /**
     * As {@link #CARRY}, and then the project is brought back to its last commit. What was there is kept under a rescue ref
     * first; ignored files stay.
     */
    MOVE
}
