/** The API's fields over the engine's values. */
@NullMarked
package io.trails.daggerdouble.graph;

import org.jspecify.annotations.NullMarked;
