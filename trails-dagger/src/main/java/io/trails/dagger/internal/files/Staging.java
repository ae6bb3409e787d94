package io.trails.dagger.internal.files;

import java.nio.file.Path;
import java.util.Set;

/**
 * Copies of what a user changed, at rest so that they can be uploaded. Immutable.
 *
 * @param directory holds the copies under their paths
 * @param delta what it holds, and what was removed: less than was asked for where a file would not hold still or went away
 * @param unsettled what was left for the next time
 */
public record Staging(Path directory, HostDelta delta, Set<String> unsettled) {
    public Staging {
        unsettled = Set.copyOf(unsettled);
    }

    /**
     * Copies.
     *
     * @param now the scan that the delta leads to; stays true for what {@link #delta()} names
     * @param directory private, empty or absent
     */
    public static Staging copy(Path root, HostDelta delta, Manifest now, Path directory) {
        throw new UnsupportedOperationException();
    }
}
