package io.trails.spi;

import java.nio.file.Path;

/**
 * A directory of the host. Immutable.
 *
 * @param path absolute
 */
public record HostDirectory(Path path) implements Location {
    /** Checks the path. */
    public HostDirectory {
        if (!path.isAbsolute()) throw new IllegalArgumentException("Not absolute: " + path);
    }

    @Override
    public String describe() {
        return path.toString();
    }
}
