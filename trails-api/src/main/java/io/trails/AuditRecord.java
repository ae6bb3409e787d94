package io.trails;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of the audit log. Immutable.
 *
 * @param sequence counted from 1 without gaps, across rotated files
 * @param at when
 * @param type such as {@code session.opened}
 * @param session the session's name, if it concerns one
 * @param details more, by name, secrets redacted
 * @param previous the hash of the record before, or 64 zeros for the first
 * @param hash SHA-256 over this record and {@code previous}, in lower-case hexadecimal
 */
public record AuditRecord(
        long sequence,
        Instant at,
        String type,
        Optional<String> session,
        Map<String, String> details,
        String previous,
        String hash) {
    /** Checks and copies the components. */
    public AuditRecord {
        Objects.requireNonNull(details, "details");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(session, "session");
        details = Map.copyOf(details);
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(hash, "hash");
    }
}
