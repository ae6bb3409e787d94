/**
 * Finds or starts the program that leads to a Dagger Engine, speaks to it over its local HTTP port, and notices when it is gone.
 * Nothing here knows what a request means.
 */
@NullMarked
package io.trails.dagger.internal.connection;

import org.jspecify.annotations.NullMarked;
