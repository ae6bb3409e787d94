/** Work in a tree that is not committed: what there is of it, and how it comes into the tree of a session. */
@NullMarked
package io.trails.worktree.internal.source;

import org.jspecify.annotations.NullMarked;
