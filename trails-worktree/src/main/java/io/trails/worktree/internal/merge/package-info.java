/** Brings a session's work into a branch: what would happen, what has to be decided, and the move of the branch. */
@NullMarked
package io.trails.worktree.internal.merge;

import org.jspecify.annotations.NullMarked;
