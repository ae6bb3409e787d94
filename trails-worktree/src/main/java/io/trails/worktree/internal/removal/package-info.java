/** Removes sessions' worktrees so that nothing is lost, and keeps what was rescued of them. */
@NullMarked
package io.trails.worktree.internal.removal;

import org.jspecify.annotations.NullMarked;
