/** Stands in for a Dagger Engine in tests: what a real engine does differently is a bug of this package. */
@NullMarked
package io.trails.daggerdouble;

import org.jspecify.annotations.NullMarked;
