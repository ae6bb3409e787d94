/** Speaks to a tmux server: commands, their replies, and the two ways to send them. */
@NullMarked
package io.trails.tmux.internal.line;

import org.jspecify.annotations.NullMarked;
