/**
 * The sandbox provider {@code dagger}, which is found as a service. It works on a copy of the session's files in a container, and
 * brings back what commands change. How the container is made is said by {@link io.trails.ContainerRecipe}, which engines there are
 * by {@link io.trails.ContainerEngine}. Nothing takes or returns null.
 */
@NullMarked
package io.trails.dagger;

import org.jspecify.annotations.NullMarked;
