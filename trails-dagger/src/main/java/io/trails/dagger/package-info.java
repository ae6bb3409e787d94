/**
 * Sandboxes for trails that run in containers of the Dagger Engine.
 *
 * <p>Still empty: the provider {@code dagger} arrives in a later release, and until then this module adds nothing.
 */
@NullMarked
package io.trails.dagger;

import org.jspecify.annotations.NullMarked;
