package io.trails.worktree.internal.removal;

/** After which a removal may be cut short and taken up again. */
enum Step {
    INSPECTED,
    RESCUED,
    SET_ASIDE,
    CHECKED,
    DEREGISTERED,
    REFS_DELETED,
    FILES_DELETED,
    FINISHED;

    /** Is told of each. */
    interface Observer {
        void reached(Step step);
    }
}
