package io.trails.dagger.internal.files;

import java.nio.file.Path;

/**
 * Brings what came out of a container into a workspace: exactly that, never through a link, and never over what a user
 * did meanwhile. Everything is recorded in the store first, so a crash at any point leaves it there. Thread-safe.
 */
public final class HostApplier {
    /** @param root the workspace */
    public HostApplier(Path root, PendingStore store) {
        throw new UnsupportedOperationException();
    }

    /**
     * Records the arrival, and applies it and what else is pending of the same paths.
     *
     * @param base what the session's container started from
     */
    public Applied apply(Arrival arrival, Manifest base, Mode mode) {
        throw new UnsupportedOperationException();
    }
}
