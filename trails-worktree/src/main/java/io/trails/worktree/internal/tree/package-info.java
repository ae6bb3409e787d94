/** What a session's tree is called and where it is: plan, refs, directories. */
@NullMarked
package io.trails.worktree.internal.tree;

import org.jspecify.annotations.NullMarked;
