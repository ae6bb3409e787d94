/** The sandbox provider {@code dagger}, which is found as a service. Nothing takes or returns null. */
@NullMarked
package io.trails.dagger;

import org.jspecify.annotations.NullMarked;
