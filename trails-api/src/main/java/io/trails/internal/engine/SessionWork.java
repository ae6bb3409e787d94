package io.trails.internal.engine;

import io.trails.Checkpoint;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.Reason;
import io.trails.SessionState;
import io.trails.TrailsEvent;
import io.trails.internal.state.SessionRecord;
import io.trails.spi.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What writes a session's files or takes them elsewhere: checkpoints, restores, merges. No removal of this instance runs
 * meanwhile, and what happened is told afterwards. Thread-safe.
 */
final class SessionWork {
    private static final int LONGEST_LABEL = 200;

    private final Services services;
    private final String session;
    private final Supplier<SessionRecord> record;

    /** @param record what the state knows of the session now; throws if that is nothing */
    SessionWork(Services services, String session, Supplier<SessionRecord> record) {
        this.services = services;
        this.session = session;
        this.record = record;
    }

    static void checkLabel(String label) {
        if (label.isEmpty() || label.length() > LONGEST_LABEL) {
            throw new IllegalArgumentException(
                    "A label has 1 to " + LONGEST_LABEL + " characters, not " + label.length());
        }
        if (label.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A label has no control characters");
        }
    }

    Checkpoint checkpoint(Workspace workspace, String label) {
        Checkpoint taken = undisturbed(() -> workspace.checkpoint(label));
        tell(
                "session.checkpointed",
                TrailsEvent.Type.SESSION_CHECKPOINTED,
                "Checkpoint '" + label + "' was taken",
                Map.of("checkpoint", taken.id(), "label", label));
        return taken;
    }

    Checkpoint restore(Workspace workspace, Checkpoint checkpoint) {
        Checkpoint before = undisturbed(() -> workspace.restore(checkpoint));
        tell(
                "session.restored",
                TrailsEvent.Type.SESSION_RESTORED,
                "Its files are those of checkpoint '" + checkpoint.label()
                        + "' again; what they were is kept as another",
                Map.of("checkpoint", checkpoint.id(), "before", before.id()));
        return before;
    }

    MergeResult merge(Workspace workspace, MergeRequest request) {
        MergeResult result = undisturbed(() -> workspace.merge(request));
        var details = new LinkedHashMap<String, String>();
        details.put("strategy", request.strategy().name());
        if (result instanceof MergeResult.Merged merged) {
            details.put("target", merged.target());
            details.put("commit", merged.commit());
            details.put("previous", merged.previous());
            tell(
                    "session.merged",
                    TrailsEvent.Type.SESSION_MERGED,
                    "Its work is merged into '" + merged.target() + "'",
                    details);
        } else if (result instanceof MergeResult.Conflicted conflicted) {
            details.put("target", conflicted.preview().target());
            details.put(
                    "conflicts",
                    Integer.toString(conflicted.preview().conflicts().size()));
            services.journal().record("session.merge-conflicted", session, details);
        } else if (result instanceof MergeResult.Blocked blocked) {
            if (request.target().isPresent())
                details.put("target", request.target().get());
            Reason first = blocked.reasons().get(0);
            details.put("code", first.code());
            details.put("message", first.message());
            services.journal().record("session.merge-blocked", session, details);
        }
        return result;
    }

    /** Does what writes the session's files while nobody removes them. */
    <T> T undisturbed(Supplier<T> work) {
        if (!services.claims().beginWork(session)) throw SessionRemoval.busy(record.get());
        try {
            SessionRecord now = record.get();
            // Another instance may be removing it. If that one has died, the next repair says what becomes of it.
            if (now.state() == SessionState.REMOVING) throw SessionRemoval.busy(now);
            return work.get();
        } finally {
            services.claims().endWork(session);
        }
    }

    private void tell(String code, TrailsEvent.Type type, String message, Map<String, String> details) {
        services.journal().note(code, type, session, Reason.of(code, message), details);
    }
}
