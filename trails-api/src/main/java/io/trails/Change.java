package io.trails;

import java.util.Objects;
import java.util.Optional;

/**
 * One file that differs from the point the session started from. Immutable.
 *
 * @param path relative to the session's directory, with '/' on every platform
 * @param kind what happened to it
 * @param previousPath where it was before, for {@link Kind#RENAMED}
 * @param lines how many lines differ; empty if that is not known, or if the file has none because it is binary
 */
public record Change(String path, Kind kind, Optional<String> previousPath, Optional<LineCount> lines) {
    /** Checks the components. */
    public Change {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(previousPath, "previousPath");
        Objects.requireNonNull(lines, "lines");
    }

    /**
     * A change whose lines are not known.
     *
     * @param path relative to the session's directory
     * @param kind what happened to it
     * @param previousPath where it was before, for {@link Kind#RENAMED}
     */
    public Change(String path, Kind kind, Optional<String> previousPath) {
        this(path, kind, previousPath, Optional.empty());
    }

    /**
     * A change without a previous path.
     *
     * @param path relative to the session's directory
     * @param kind what happened to it
     * @return the change
     */
    public static Change of(String path, Kind kind) {
        return new Change(path, kind, Optional.empty());
    }

    /** What happened to a file. */
    public enum Kind {
        /** It is new. */
        ADDED,
        /** Its content differs. */
        MODIFIED,
        /** It is gone. */
        DELETED,
        /** It moved, and its content may differ too. */
        RENAMED,
        /** Only its permissions differ. */
        MODE_CHANGED,
        /** It became another kind of file, such as a symbolic link. */
        TYPE_CHANGED
    }
}
