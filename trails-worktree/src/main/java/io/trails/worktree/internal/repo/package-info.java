/** What kind of repository a directory belongs to, and what can safely be done in it. */
@NullMarked
package io.trails.worktree.internal.repo;

import org.jspecify.annotations.NullMarked;
