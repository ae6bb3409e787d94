/** Which providers there are, and whether they can be used. */
@NullMarked
package io.trails.internal.providers;

import org.jspecify.annotations.NullMarked;
