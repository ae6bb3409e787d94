package io.trails;

import java.time.Instant;
import java.util.Objects;

/**
 * A snapshot of all files of a session that are not ignored. Immutable.
 *
 * @param id names it among all of the project; opaque, safe to store
 * @param session the id of the session it was taken of
 * @param label what the host called it
 * @param createdAt when it was taken
 */
public record Checkpoint(String id, String session, String label, Instant createdAt) {
    /** Checks the components. */
    public Checkpoint {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(createdAt, "createdAt");
    }
}
