/** Workspaces for trails that are made with git. */
@NullMarked
package io.trails.worktree;

import org.jspecify.annotations.NullMarked;
