package io.trails.internal.engine;

import io.trails.Axis;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.SessionState;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import io.trails.internal.state.OwnDirectory;
import io.trails.internal.state.SessionRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Removes a session: announced in the state first, forgotten last. Thread-safe. */
final class SessionRemoval {
    private static final Set<Axis> PARTS = Set.of(Axis.WORKSPACE, Axis.SANDBOX);

    private final Services services;
    private final Assembler assembler;

    SessionRemoval(Services services, Assembler assembler) {
        this.services = services;
        this.assembler = assembler;
    }

    /** @param endCommands ends what this instance runs in the session, once it is clear that it may be removed */
    RemovalReport remove(
            SessionRecord born, RemovalPolicy policy, SavedRecordings recordings, Supplier<RemovalReport> endCommands) {
        String name = born.name();
        String presence = services.state().presence();
        SessionRecord seen = services.state().read().get(name);
        if (seen == null) throw DefaultSession.gone(name, services.state());
        if (!seen.isSameSessionAs(born)) throw DefaultSession.removed(name);
        if (services.claims().isHeld(seen)) throw busy(seen);
        if (services.home().isForeign(seen)) return forget(seen);
        if (!seen.parts().keySet().containsAll(PARTS)) return withoutParts(seen, policy);
        if (!services.claims().beginRemoval(name)) throw busy(seen);
        services.claims().begin(name);
        try {
            SessionRecord claimed = services.state().update(draft -> {
                SessionRecord now =
                        draft.find(name).filter(born::isSameSessionAs).orElseThrow(() -> DefaultSession.removed(name));
                if (!now.owner().equals(seen.owner())) throw busy(now);
                SessionRecord mine = now.withState(SessionState.REMOVING, Optional.of(presence));
                draft.put(mine);
                return mine;
            });
            RemovalReport ended = policy.endsProcesses() ? endCommands.get() : RemovalReport.nothing();
            return ended.and(finish(claimed, policy, recordings));
        } finally {
            services.claims().end(name);
            services.claims().endRemoval(name);
        }
    }

    /** A session that came from elsewhere owns nothing here: what it names, and what was copied with it, is kept. */
    private RemovalReport forget(SessionRecord foreign) {
        Reason objection = services.home().objection(foreign);
        Optional<Path> copied = copied(foreign);
        Reason forgotten = Reason.of(
                objection.code(),
                objection.message() + "; only its record is removed, its files and processes are kept"
                        + copied.map(directory -> ", and so is " + directory).orElse(""),
                copied.map(directory -> "Delete " + directory + " if it is of no use")
                        .orElse(""));
        return forget(foreign, RemovalReport.removed("the record of session '" + foreign.name() + "'", forgotten));
    }

    /** Nobody knows what a session stands on whose record cannot be read. Kept as it is, so that it can be mended. */
    private RemovalReport withoutParts(SessionRecord unknown, RemovalPolicy policy) {
        String what = "whatever session '" + unknown.name() + "' stands on";
        Reason why = unknown.problem()
                .orElseGet(() -> Reason.of("session.lost", "Nothing is stored about what it stands on"));
        Reason reason = Reason.of(
                why.code(),
                why.message(),
                "Mend its entry in state.json, or remove the session with RemovalPolicy.forgetting()");
        if (policy.forgets()) return forget(unknown, RemovalReport.forgotten(what, reason));
        RemovalReport kept = RemovalReport.kept(what, reason);
        tell(unknown.name(), kept);
        return kept;
    }

    private RemovalReport forget(SessionRecord record, RemovalReport report) {
        services.state().update(draft -> {
            if (draft.find(record.name()).filter(record::equals).isPresent()) draft.remove(record.name());
            return true;
        });
        tell(record.name(), report);
        return report;
    }

    private Optional<Path> copied(SessionRecord foreign) {
        try {
            OwnDirectory directory = services.state().sessionDirectory(foreign);
            return directory.check() ? Optional.of(directory.path()) : Optional.empty();
        } catch (TrailsException noneOfOurs) {
            return Optional.empty();
        }
    }

    /** Goes on with a removal that this instance has claimed. */
    RemovalReport finish(SessionRecord claimed, RemovalPolicy policy, SavedRecordings recordings) {
        var removal = Disassembly.of(claimed, services, assembler, policy, recordings);
        RemovalReport report;
        try {
            report = removal.run();
        } catch (Throwable failed) {
            release(removal.left(), failed);
            throw failed;
        }
        Uninterrupted.update(services.state(), draft -> {
            if (report.complete()) draft.remove(claimed.name());
            else draft.put(kept(removal.left(), report.kept().get(0)));
            return true;
        });
        tell(claimed.name(), report);
        return report;
    }

    /** What kept something is usable again: its work can be saved, its processes ended, and the removal repeated. */
    private SessionRecord kept(SessionRecord left, RemovalReport.Item first) {
        Reason reason = first.reason();
        Reason problem =
                Reason.of(reason.code(), "Its removal kept " + first.what() + ": " + reason.message(), reason.remedy());
        return usable(left, problem);
    }

    private SessionRecord usable(SessionRecord left, Reason problem) {
        SessionState state = Parts.arePresent(left, services.catalog()) ? SessionState.READY : SessionState.LOST;
        return left.withState(state, Optional.empty()).withProblem(Optional.of(problem));
    }

    private void release(SessionRecord left, Throwable cause) {
        try {
            Uninterrupted.update(services.state(), draft -> {
                Reason problem = Reason.of(
                        cause instanceof TrailsException known ? known.code() : "session.not-removed",
                        "Its removal failed: " + cause.getMessage(),
                        "Remove it again");
                if (draft.find(left.name()).filter(left::isSameSessionAs).isPresent()) draft.put(usable(left, problem));
                return true;
            });
        } catch (RuntimeException unsaved) {
            cause.addSuppressed(unsaved);
        }
    }

    private void tell(String name, RemovalReport report) {
        if (!report.complete()) {
            record("session.kept", name, report.kept());
            Reason first = report.kept().get(0).reason();
            services.journal().tell(TrailsEvent.Type.SESSION_KEPT, name, first);
            return;
        }
        record("session.forgotten", name, report.forgotten());
        String message = report.forgotten().isEmpty()
                ? "Nothing of it is left"
                : "Nothing of it is left but what was forgotten, which its report and the audit log name";
        services.journal()
                .note("session.removed", TrailsEvent.Type.SESSION_REMOVED, name, Reason.of("session.removed", message));
    }

    private void record(String type, String name, List<RemovalReport.Item> items) {
        for (RemovalReport.Item item : items) {
            services.journal()
                    .record(
                            type,
                            name,
                            Map.of(
                                    "what",
                                    item.what(),
                                    "code",
                                    item.reason().code(),
                                    "message",
                                    item.reason().message()));
        }
    }

    static TrailsException busy(SessionRecord record) {
        return new TrailsException(
                "session.busy",
                "Session '" + record.name() + "' is in state " + record.state()
                        + ": somebody, perhaps another thread, is at work on it; try again when that is done");
    }
}
