/** Terminals for trails that are held by tmux: they outlive the host, and a person can attach to them. */
@NullMarked
package io.trails.tmux;

import org.jspecify.annotations.NullMarked;
