package io.trails;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How much of a command's output is kept. Immutable.
 *
 * @param maxBytes how many bytes of each stream are kept in memory: the first half and the last half of a longer one
 * @param spill where the whole of each stream is written as well: {@code <spill>.out} and {@code <spill>.err} on the
 *     host, replacing files of that name
 */
public record Capture(int maxBytes, Optional<Path> spill) {
    /** One mebibyte of each stream, and no file. */
    public static final Capture DEFAULT = new Capture(1 << 20, Optional.empty());

    /** Checks the components. */
    public Capture {
        Objects.requireNonNull(spill, "spill");
        if (maxBytes < 0) throw new IllegalArgumentException("maxBytes must not be negative: " + maxBytes);
    }

    /**
     * Keeps at most that much of each stream.
     *
     * @param maxBytes how many bytes
     * @return the capture
     */
    public static Capture upTo(int maxBytes) {
        return new Capture(maxBytes, Optional.empty());
    }

    /**
     * The same, and the whole of each stream written to files.
     *
     * @param base {@code <base>.out} and {@code <base>.err} are written
     * @return the capture
     */
    public Capture spillingTo(Path base) {
        Objects.requireNonNull(base, "base");
        return new Capture(maxBytes, Optional.of(base));
    }
}
