package io.trails.internal.audit;

import io.trails.AuditRecord;
import io.trails.TrailsException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that waits to become a record, and the record. Secrets are redacted already. */
final class AuditEntry {
    private final Instant at;
    private final String type;
    private final Optional<String> session;
    private final Map<String, String> details;
    private @Nullable AuditRecord record;
    private @Nullable Throwable failure;

    AuditEntry(Instant at, String type, Optional<String> session, Map<String, String> details) {
        this.at = at;
        this.type = type;
        this.session = session;
        this.details = details;
    }

    /** Its line behind another one; empty text if nothing was torn. */
    AuditLine line(long sequence, String previous, String torn) {
        Map<String, String> all = details;
        if (!torn.isEmpty()) {
            all = new HashMap<>(details);
            all.put(AuditTrail.TORN, torn);
        }
        return AuditLine.of(sequence, at, type, session, all, previous);
    }

    void written(AuditRecord now) {
        record = now;
    }

    void failed(Throwable cause) {
        if (record == null) failure = cause;
    }

    AuditRecord outcome() {
        if (failure instanceof TrailsException shared) {
            throw new TrailsException(shared.code(), String.valueOf(shared.getMessage()), shared);
        }
        if (failure instanceof RuntimeException exception) throw exception;
        if (failure instanceof Error error) throw error;
        if (record == null) throw new IllegalStateException("The record was given up");
        return record;
    }
}
