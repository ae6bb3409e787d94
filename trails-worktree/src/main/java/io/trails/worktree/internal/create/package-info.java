/** Planning, creating and opening the worktree of a session. */
@NullMarked
package io.trails.worktree.internal.create;

import org.jspecify.annotations.NullMarked;
