package io.trails.internal.audit;

import io.trails.AuditLog.Verification;
import io.trails.AuditRecord;
import io.trails.Reason;
import io.trails.internal.audit.AuditReader.Line;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Follows the chain from the first record to the last. Single-threaded. */
final class ChainCheck {
    private long intact;
    private String head = AuditLink.NONE.hash();
    private Optional<Reason> note = Optional.empty();

    Verification check(AuditReader lines) throws IOException {
        for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            Optional<String> breach = follow(line.get());
            if (breach.isPresent()) return broken(breach.get());
        }
        return new Verification(intact, intact == 0 ? Optional.empty() : Optional.of(head), OptionalLong.empty(), note);
    }

    /** What is wrong with the line, if something is. */
    private Optional<String> follow(Line line) {
        Optional<AuditLine> parsed = AuditLine.parse(line.bytes());
        if (parsed.isEmpty()) {
            if (line.hasLineBreak() || !line.isInNewestFile()) return Optional.of("is a line that is no record");
            note = Optional.of(Reason.of(
                    "audit.torn",
                    "The log ends in " + line.bytes().length + " bytes of a record that a crash cut off",
                    "The next record takes them up; nothing is to be done"));
            return Optional.empty();
        }
        AuditRecord record = parsed.get().record();
        if (record.sequence() != intact + 1) {
            return Optional.of(
                    "is record " + record.sequence() + ": records were removed, inserted or put in another order");
        }
        if (!record.previous().equals(head)) return Optional.of("does not follow the record before it");
        if (!parsed.get().isIntact()) return Optional.of("is not as it was written");
        intact++;
        head = record.hash();
        if (record.details().containsKey(AuditTrail.TORN)) {
            note = Optional.of(Reason.of(
                    "audit.torn",
                    "Record " + record.sequence() + " has taken up what a crash left of an unfinished one"));
        }
        return Optional.empty();
    }

    private Verification broken(String breach) {
        return new Verification(
                intact,
                intact == 0 ? Optional.empty() : Optional.of(head),
                OptionalLong.of(intact + 1),
                Optional.of(Reason.of(
                        "audit.broken",
                        "Where record " + (intact + 1) + " should be, the log " + breach,
                        "Compare the log with a backup; what comes before is intact")));
    }
}
