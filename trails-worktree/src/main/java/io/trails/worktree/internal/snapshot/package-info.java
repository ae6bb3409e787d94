/** Keeps all files of a tree as they are, without touching anything of the user's, and brings them back. */
@NullMarked
package io.trails.worktree.internal.snapshot;

import org.jspecify.annotations.NullMarked;
