/** What is typed, pasted and pressed, in tmux's terms. */
@NullMarked
package io.trails.tmux.internal.input;

import org.jspecify.annotations.NullMarked;
