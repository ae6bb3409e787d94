/** How a call travels: open, exec, stop, remove, repair. */
@NullMarked
package io.trails.internal.engine;

import org.jspecify.annotations.NullMarked;
