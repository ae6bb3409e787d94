/** Sessions that work in the project's own tree and keep what they remember of it in refs of trails. */
@NullMarked
package io.trails.worktree.internal.inplace;

import org.jspecify.annotations.NullMarked;
