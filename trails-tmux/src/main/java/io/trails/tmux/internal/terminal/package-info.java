/** A program in a pane: how it is launched, held, taken up again and ended. */
@NullMarked
package io.trails.tmux.internal.terminal;

import org.jspecify.annotations.NullMarked;
