/** Files that several threads, instances and processes change at the same time, and that a crash must not tear. */
@NullMarked
package io.trails.internal.files;

import org.jspecify.annotations.NullMarked;
