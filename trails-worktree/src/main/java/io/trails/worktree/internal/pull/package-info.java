/** Talks to a server's REST API: one token, one host, bounded answers, errors without secrets. */
@NullMarked
package io.trails.worktree.internal.pull;

import org.jspecify.annotations.NullMarked;
