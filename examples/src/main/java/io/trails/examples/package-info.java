/** Small programs that host trails. */
@NullMarked
package io.trails.examples;

import org.jspecify.annotations.NullMarked;
