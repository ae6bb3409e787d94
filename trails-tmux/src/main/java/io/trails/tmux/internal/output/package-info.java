/** What programs print: kept in bounded files, and read from any position. */
@NullMarked
package io.trails.tmux.internal.output;

import org.jspecify.annotations.NullMarked;
