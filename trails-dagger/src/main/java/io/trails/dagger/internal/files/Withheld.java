package io.trails.dagger.internal.files;

import java.util.Objects;
import java.util.Optional;

/**
 * A file of which a container has the session's version, and the host none. Immutable.
 *
 * @param base what was there in the workspace when the session began to differ; empty if nothing was
 * @param lost whether the container is gone, so that only the session can make it again
 */
record Withheld(Optional<FileStamp> base, boolean lost) {
    Withheld {
        Objects.requireNonNull(base, "base");
    }
}
