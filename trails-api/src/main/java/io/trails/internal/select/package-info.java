/** Which mode a session gets, and why. */
@NullMarked
package io.trails.internal.select;

import org.jspecify.annotations.NullMarked;
