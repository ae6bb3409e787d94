package io.trails;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who opened, moved, merged and removed what, in which mode, and why. Append-only, shared by all processes of a project,
 * chained by hashes. Thread-safe.
 *
 * <p>The chain shows that a record was changed, removed or inserted. It cannot show that somebody who can write the file
 * replaced the whole of it; keep {@link Verification#head()} elsewhere to detect that.
 */
public interface AuditLog {
    /**
     * The newest records.
     *
     * @param count how many at most
     * @return oldest first
     * @throws TrailsException {@code audit.unreadable} if the log cannot be read
     */
    List<AuditRecord> newest(int count);

    /**
     * Checks the whole chain, rotated files included.
     *
     * @return what was found; a broken chain is an answer
     * @throws TrailsException {@code audit.unreadable} if the log cannot be read
     */
    Verification verify();

    /**
     * What a check of the chain found. Immutable.
     *
     * @param records how many records are intact
     * @param head the hash of the last intact record, or empty for an empty log
     * @param brokenAt the sequence number at which the chain breaks, or empty if it is intact
     * @param problem what is wrong there
     */
    record Verification(long records, Optional<String> head, OptionalLong brokenAt, Optional<Reason> problem) {
        /** Checks the components. */
        public Verification {
            Objects.requireNonNull(head, "head");
            Objects.requireNonNull(brokenAt, "brokenAt");
            Objects.requireNonNull(problem, "problem");
        }

        /**
         * Whether every record is as it was written.
         *
         * @return true if the chain is intact
         */
        public boolean intact() {
            return brokenAt.isEmpty();
        }
    }
}
