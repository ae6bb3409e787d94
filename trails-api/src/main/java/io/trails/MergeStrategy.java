package io.trails;

/** How a session's work gets into its target. */
public enum MergeStrategy {
    /** A merge commit with both sides as parents, also where a fast-forward would do. */
    MERGE,
    /** One commit on the target with all of the work. */
    SQUASH,
    /** The session's commits one by one on top of the target. */
    REBASE,
    /** The target moves to the session's last commit; if that is not possible, {@link MergeResult.Blocked}. */
    FAST_FORWARD_ONLY
}
