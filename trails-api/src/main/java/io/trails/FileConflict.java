package io.trails;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A file that was changed by a session and, meanwhile, by somebody else in the place it belongs to. Nothing is overwritten: theirs
 * stays, and the session's is kept beside. Immutable.
 *
 * @param path relative to the session's files, with '/' on every platform
 * @param kept where the session's version lies on this host, or empty if the session removed the file
 * @param reason what is in the way, and what would help
 */
public record FileConflict(String path, Optional<Path> kept, Reason reason) {
    /** Checks the components. */
    public FileConflict {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(kept, "kept");
        Objects.requireNonNull(reason, "reason");
    }
}
