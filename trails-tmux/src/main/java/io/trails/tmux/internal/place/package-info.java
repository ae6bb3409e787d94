/** The files of terminals, wherever the sandbox has them. */
@NullMarked
package io.trails.tmux.internal.place;

import org.jspecify.annotations.NullMarked;
