/** Programs that run in a container while the host talks to them, and the session's files meanwhile. */
@NullMarked
package io.trails.dagger.internal.live;

import org.jspecify.annotations.NullMarked;
