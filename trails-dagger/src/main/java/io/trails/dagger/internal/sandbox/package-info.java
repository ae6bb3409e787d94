/** A session in a container, from its plan to its removal. */
@NullMarked
package io.trails.dagger.internal.sandbox;

import org.jspecify.annotations.NullMarked;
