/** What a pane shows, read from tmux. */
@NullMarked
package io.trails.tmux.internal.screen;

import org.jspecify.annotations.NullMarked;
