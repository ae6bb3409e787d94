/** The built-in terminal: programs without a terminal device. */
@NullMarked
package io.trails.internal.terminal;

import org.jspecify.annotations.NullMarked;
