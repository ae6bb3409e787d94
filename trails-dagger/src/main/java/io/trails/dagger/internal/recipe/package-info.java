/** How the container of a session is made of its recipe. */
@NullMarked
package io.trails.dagger.internal.recipe;

import org.jspecify.annotations.NullMarked;
