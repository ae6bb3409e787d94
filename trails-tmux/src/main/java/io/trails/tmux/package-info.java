/**
 * Terminals for trails that are held by tmux.
 *
 * <p>Still empty: the provider {@code tmux} arrives in a later release, and until then this module adds nothing.
 */
@NullMarked
package io.trails.tmux;

import org.jspecify.annotations.NullMarked;
