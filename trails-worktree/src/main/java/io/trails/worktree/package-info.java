/**
 * Workspaces for trails that are made with git.
 *
 * <p>Still empty: the providers {@code worktree} and {@code repository} arrive in a later release, and until then this module adds nothing.
 */
@NullMarked
package io.trails.worktree;

import org.jspecify.annotations.NullMarked;
