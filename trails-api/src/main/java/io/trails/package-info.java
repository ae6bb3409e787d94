/**
 * Sessions for AI coding agents, as isolated as the host program asks for.
 *
 * <p>Start at {@link io.trails.Trails#create(java.nio.file.Path)}. Every type here is immutable or thread-safe and says
 * which. Nothing takes or returns {@code null}. Everything thrown is unchecked and, unless it reports a caller's bug
 * ({@link java.lang.IllegalArgumentException}, {@link java.lang.IllegalStateException}), is a
 * {@link io.trails.TrailsException} with a stable code. Sizes are bytes unless a name says otherwise. An interrupt
 * restores the thread's flag and throws {@link io.trails.TrailsInterruptedException}.
 */
@NullMarked
package io.trails;

import org.jspecify.annotations.NullMarked;
