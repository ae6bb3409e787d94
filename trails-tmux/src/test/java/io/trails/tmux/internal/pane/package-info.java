/** Real panes for tests. */
@NullMarked
package io.trails.tmux.internal.pane;

import org.jspecify.annotations.NullMarked;
