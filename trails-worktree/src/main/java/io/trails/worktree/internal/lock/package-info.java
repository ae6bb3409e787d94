/** Excludes other hosts from what git itself does not make atomic. */
@NullMarked
package io.trails.worktree.internal.lock;

import org.jspecify.annotations.NullMarked;
