/** Recordings: asciicast files, and what a terminal showed at a moment. */
@NullMarked
package io.trails.tmux.internal.recording;

import org.jspecify.annotations.NullMarked;
