/** The tmux server of one state directory: how it is started, reached, shared and ended. */
@NullMarked
package io.trails.tmux.internal.server;

import org.jspecify.annotations.NullMarked;
