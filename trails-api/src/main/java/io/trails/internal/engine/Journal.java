package io.trails.internal.engine;

import io.trails.Reason;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.internal.audit.AuditTrail;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/** Writes what happened to the audit log and tells the listeners. Thread-safe. */
final class Journal {
    private final AuditTrail audit;
    private final EventHub events;
    private final Clock clock;
    private final AtomicBoolean warned = new AtomicBoolean();

    Journal(AuditTrail audit, EventHub events, Clock clock) {
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** An audit record that must be written before what it announces may happen. */
    void insist(String type, String session, Map<String, String> details) {
        audit.append(type, Optional.of(session), details);
    }

    /** An audit record; a log that cannot be written is reported and stops nobody. */
    void record(String type, String session, Map<String, String> details) {
        try {
            append(type, session, details);
        } catch (IllegalStateException closed) {
            // What was under way when the instance was closed goes on without a record, and is not undone for that.
            LoggerFactory.getLogger(Journal.class).debug("{} of session {} came after the close", type, session);
        } catch (TrailsException unwritable) {
            if (warned.compareAndSet(false, true))
                LoggerFactory.getLogger(Journal.class).warn("The audit log cannot be written", unwritable);
            tell(
                    TrailsEvent.Type.AUDIT_FAILED,
                    session,
                    Reason.of(unwritable.code(), "The audit record " + type + " could not be written"));
        }
    }

    /** What has happened belongs into the log although its thread is interrupted. */
    private void append(String type, String session, Map<String, String> details) {
        try {
            audit.append(type, Optional.of(session), details);
        } catch (TrailsInterruptedException takenBack) {
            Uninterrupted.write(() -> audit.append(type, Optional.of(session), details));
        }
    }

    void tell(TrailsEvent.Type type, String session, Reason reason) {
        tell(type, session, reason, Map.of());
    }

    private void tell(TrailsEvent.Type type, String session, Reason reason, Map<String, String> details) {
        events.publish(new TrailsEvent(type, clock.instant(), Optional.of(session), reason, details));
    }

    /** Both: an audit record of that type and an event. */
    void note(String auditType, TrailsEvent.Type type, String session, Reason reason) {
        note(auditType, type, session, reason, Map.of());
    }

    /** The same, and more about it in both. */
    void note(String auditType, TrailsEvent.Type type, String session, Reason reason, Map<String, String> more) {
        var details = new LinkedHashMap<String, String>();
        details.put("code", reason.code());
        details.put("message", reason.message());
        details.putAll(more);
        record(auditType, session, details);
        tell(type, session, reason, more);
    }
}
