package io.trails.internal.engine;

import io.trails.Axis;
import io.trails.Composition;
import io.trails.ContainerRecipe;
import io.trails.Isolation;
import io.trails.ModeAdvice;
import io.trails.Reason;
import io.trails.SessionExistsException;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.select.Selection;
import io.trails.internal.state.SessionId;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StoredAgent;
import io.trails.internal.state.StoredPart;
import io.trails.spi.Plan;
import io.trails.spi.ResourceLostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Opens and takes up sessions: the plan is stored before anything happens, and undone if anything fails. Thread-safe. */
final class Opening {
    private static final int LONGEST_NAME = 200;

    private final Services services;
    private final Assembler assembler;

    Opening(Services services, Assembler assembler) {
        this.services = services;
        this.assembler = assembler;
    }

    /** A session that has just been created. */
    record Opened(SessionRecord record, Live live) {}

    /** A session that has been taken up, or is lost. */
    record Attached(SessionRecord record, Optional<Live> live) {}

    void refused(SessionSpec spec, Selection selection) {
        Reason reason = selection.refusal().orElseGet(() -> Reason.of("mode.none", "No mode fits"));
        services.journal().note("mode.refused", TrailsEvent.Type.POLICY_REFUSED, spec.name(), reason);
    }

    Opened open(SessionSpec spec, Selection selection) {
        ModeAdvice.Candidate chosen = selection.advice().best().orElseThrow();
        announce(spec, selection, chosen);
        Opened opened;
        try {
            opened = created(spec, chosen);
        } catch (Throwable failed) {
            notOpened(spec.name(), failed);
            throw failed;
        }
        Map<String, String> details = details(spec, chosen);
        recipe(spec, chosen).ifPresent(recipe -> details.put("recipe", recipe.hash()));
        services.journal().record("session.opened", spec.name(), details);
        services.journal()
                .tell(
                        TrailsEvent.Type.SESSION_OPENED,
                        spec.name(),
                        Reason.of(
                                "session.opened",
                                "Opened in mode " + chosen.mode().name()));
        return opened;
    }

    private Opened created(SessionSpec spec, ModeAdvice.Candidate chosen) {
        SessionRecord planned =
                services.home().own(assembler.plan(record(spec, chosen), Beginning.of(spec, services.defaults())));
        SessionRecord ready = planned.created();
        services.claims().begin(spec.name());
        try {
            return new Opened(ready, create(planned, ready));
        } finally {
            services.claims().end(spec.name());
        }
    }

    /** Records that a session was asked for in vain. */
    void notOpened(String name, Throwable cause) {
        // A name that can be none may have any length.
        String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
        String code = cause instanceof TrailsException known ? known.code() : "unexpected";
        services.journal().record("session.not-opened", shown, Map.of("code", code));
    }

    private Live create(SessionRecord planned, SessionRecord ready) {
        claim(planned);
        var undo = new Undo();
        try {
            Live live = assembler.create(planned, undo);
            services.state().update(draft -> {
                draft.put(ready);
                return true;
            });
            return live;
        } catch (Throwable failed) {
            Uninterrupted.run(() -> abandon(planned, undo.run(failed), failed));
            throw failed;
        }
    }

    private void announce(SessionSpec spec, Selection selection, ModeAdvice.Candidate chosen) {
        Map<String, String> details = details(spec, chosen);
        details.putAll(selection.grounds());
        if (selection.auditRequired()) services.journal().insist("mode.selected", spec.name(), details);
        else services.journal().record("mode.selected", spec.name(), details);
        if (selection.fallback().isPresent()) {
            Reason reason = selection.fallback().get();
            services.journal().note("mode.fallback", TrailsEvent.Type.MODE_FALLBACK, spec.name(), reason);
        }
        if (selection.downgrade().isPresent()) {
            Reason reason = selection.downgrade().get();
            services.journal().note("mode.downgrade", TrailsEvent.Type.MODE_DOWNGRADE, spec.name(), reason);
        }
    }

    private static Map<String, String> details(SessionSpec spec, ModeAdvice.Candidate chosen) {
        var details = new LinkedHashMap<String, String>();
        details.put("mode", chosen.mode().name());
        details.put("composition", chosen.composition().orElseThrow().toString());
        if (spec.agent().isPresent()) details.put("agent", spec.agent().get());
        return details;
    }

    /** What the session's system was made from, if it has one of its own. */
    private Optional<ContainerRecipe> recipe(SessionSpec spec, ModeAdvice.Candidate chosen) {
        boolean ownSystem = chosen.composition().orElseThrow().isolation().contains(Isolation.SYSTEM);
        return ownSystem ? services.defaults().recipes().find(spec) : Optional.empty();
    }

    private SessionRecord record(SessionSpec spec, ModeAdvice.Candidate chosen) {
        Composition composition = chosen.composition().orElseThrow();
        var parts = new LinkedHashMap<Axis, StoredPart>();
        for (Axis axis : Axis.values()) parts.put(axis, new StoredPart(composition.id(axis), Plan.empty(), false));
        Optional<StoredAgent> agent =
                spec.agent().map(name -> new StoredAgent(name, spec.profile().map(profile -> profile.launch()), 0));
        var record = new SessionRecord(
                spec.name(),
                SessionId.of(spec.name()),
                SessionState.CREATING,
                Optional.of(services.state().presence()),
                chosen.mode().name(),
                agent,
                services.clock().instant(),
                composition.isolation(),
                parts,
                Map.of(),
                spec.environment().keySet(),
                spec.limits(),
                spec.network(),
                Optional.empty(),
                JsonObject.empty());
        return spec.recording()
                .or(services.defaults()::recording)
                .map(record::withRecording)
                .orElse(record);
    }

    /** The moment at which one of several processes wins the name. */
    private void claim(SessionRecord planned) {
        services.state().update(draft -> {
            Optional<SessionRecord> taken = draft.find(planned.name());
            if (taken.isPresent()) {
                throw new SessionExistsException(planned.name(), taken.get().state());
            }
            if (draft.idTaken(planned.id())) {
                throw new TrailsException(
                        "session.id-taken",
                        "Another session has the id '" + planned.id() + "' that the name '" + planned.name()
                                + "' leads to; choose another name");
            }
            draft.put(planned);
            return true;
        });
    }

    /** A creation that could not be undone stays in the state, without an owner, for the next repair. */
    private void abandon(SessionRecord planned, boolean undone, Throwable cause) {
        try {
            Uninterrupted.update(services.state(), draft -> {
                if (undone) draft.remove(planned.name());
                else draft.put(planned.withState(SessionState.CREATING, Optional.empty()));
                return true;
            });
        } catch (RuntimeException unsaved) {
            cause.addSuppressed(unsaved);
        }
    }

    /** What a removal left, with what it took away made again. */
    Live takeUpAgain(SessionRecord left) {
        Live live = assembler.open(left);
        var unused = recovered(left);
        return live;
    }

    Attached attach(SessionRecord record) {
        if (Repair.isUnfinished(record)) return new Attached(record, Optional.empty());
        if (services.home().isForeign(record)) {
            return new Attached(services.home().shown(record), Optional.empty());
        }
        try {
            SessionRecord planned = planned(record);
            Live live = assembler.open(planned);
            SessionRecord now = recovered(planned);
            services.journal()
                    .tell(
                            TrailsEvent.Type.SESSION_ATTACHED,
                            record.name(),
                            Reason.of("session.attached", "Taken up again in mode " + record.mode()));
            return new Attached(now, Optional.of(live));
        } catch (TrailsException lost) {
            boolean gone = lost instanceof ResourceLostException
                    || lost.code().equals("provider.missing")
                    || lost.code().equals("session.lost");
            if (!gone) throw lost;
            LoggerFactory.getLogger(Opening.class).debug("Session {} is lost", record.name(), lost);
            return new Attached(lost(record, lost), Optional.empty());
        }
    }

    /** A session of the first trails is planned now, and its plan stored before anything is done about it. */
    private SessionRecord planned(SessionRecord record) {
        if (isPlanned(record)) return record;
        SessionRecord planned = services.home().own(assembler.plan(record, Beginning.unknown()));
        return services.state().update(draft -> {
            SessionRecord now = draft.find(record.name())
                    .filter(record::isSameSessionAs)
                    .orElseThrow(() -> DefaultSession.removed(record.name()));
            // Another host may have been first, and what it planned may bear other names.
            if (isPlanned(now)) return now;
            draft.put(planned);
            return planned;
        });
    }

    private static boolean isPlanned(SessionRecord record) {
        return !Assembler.isUnplanned(record, Axis.WORKSPACE) && !Assembler.isUnplanned(record, Axis.SANDBOX);
    }

    /** What an earlier removal took away has been created again, and what was thought lost is back. */
    private SessionRecord recovered(SessionRecord record) {
        boolean whole = record.state() != SessionState.LOST;
        for (StoredPart part : record.parts().values()) whole &= part.created();
        if (whole) return record;
        SessionRecord now =
                record.created().withProblem(record.state() == SessionState.LOST ? Optional.empty() : record.problem());
        services.state().update(draft -> {
            if (draft.find(record.name()).filter(record::equals).isPresent()) draft.put(now);
            return true;
        });
        return now;
    }

    private SessionRecord lost(SessionRecord record, TrailsException cause) {
        Reason problem = Reason.of(
                cause.code(), String.valueOf(cause.getMessage()), "Bring back what is missing, or remove the session");
        SessionRecord now =
                record.withState(SessionState.LOST, Optional.empty()).withProblem(Optional.of(problem));
        if (record.state() == SessionState.LOST) return now;
        services.state().update(draft -> {
            if (draft.find(record.name()).filter(record::equals).isPresent()) draft.put(now);
            return true;
        });
        services.journal().note("session.lost", TrailsEvent.Type.SESSION_LOST, record.name(), problem);
        return now;
    }
}
