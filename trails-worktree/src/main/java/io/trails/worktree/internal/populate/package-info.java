/** Fills the tree of a new session with files: copies of its source's where they are provably right, else git's own. */
@NullMarked
package io.trails.worktree.internal.populate;

import org.jspecify.annotations.NullMarked;
