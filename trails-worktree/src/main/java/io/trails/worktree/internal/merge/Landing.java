package io.trails.worktree.internal.merge;

/**
 * Work that a target has, though not as the session's own commits. Immutable.
 *
 * @param number of its refs; the newest has the highest
 * @param work the session's commit up to which it went in
 * @param as the target's commit that has it
 */
record Landing(int number, String work, String as) {}
