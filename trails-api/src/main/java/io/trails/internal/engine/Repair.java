package io.trails.internal.engine;

import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.RepairReport;
import io.trails.RepairReport.Action;
import io.trails.SessionState;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import io.trails.internal.providers.Fatal;
import io.trails.internal.state.SessionRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Goes on where a crash stopped: what was half created is undone, or finished where undoing would lose something; what was
 * half removed is finished. Thread-safe.
 */
final class Repair {
    private final Services services;
    private final Assembler assembler;
    private final SessionRemoval removal;

    Repair(Services services, Assembler assembler) {
        this.services = services;
        this.assembler = assembler;
        this.removal = new SessionRemoval(services, assembler);
    }

    RepairReport run() {
        List<RepairReport.Item> items = new ArrayList<>();
        for (SessionRecord record : services.state().unsettled()) {
            items.add(services.claims().isHeld(record) ? busy(record) : repair(record));
        }
        return new RepairReport(items);
    }

    /** The same, and what nobody else will ever look at: directories of sessions that are not known any more. */
    RepairReport runAndSearch() {
        List<RepairReport.Item> items = new ArrayList<>(run().items());
        try {
            for (Path directory : services.state().abandonedDirectories()) items.add(abandoned(directory));
        } catch (TrailsException unsearched) {
            items.add(new RepairReport.Item(
                    "sessions", Action.KEPT, Reason.of(unsearched.code(), String.valueOf(unsearched.getMessage()))));
        }
        return new RepairReport(items);
    }

    /** Not ours to delete: the state that knows it may be put back, and what was started in it may still run. */
    private static RepairReport.Item abandoned(Path directory) {
        return new RepairReport.Item(
                directory.getFileName().toString(),
                Action.KEPT,
                Reason.of(
                        "session.abandoned",
                        "No session is known that " + directory + " belongs to; programs of it may still run",
                        "Put the state back that knows it, or end them and delete it"));
    }

    private static RepairReport.Item busy(SessionRecord record) {
        return new RepairReport.Item(
                record.name(), Action.KEPT, Reason.of("session.busy", "Somebody is at work on it or has repaired it"));
    }

    static boolean isUnfinished(SessionRecord record) {
        return record.state() == SessionState.CREATING || record.state() == SessionState.REMOVING;
    }

    /** Never throws for the sake of one session: the others, and the caller, have nothing to do with it. */
    RepairReport.Item repair(SessionRecord seen) {
        if (services.home().isForeign(seen)) {
            return new RepairReport.Item(
                    seen.name(), Action.KEPT, services.home().objection(seen));
        }
        RepairReport.Item item;
        services.claims().begin(seen.name());
        try {
            Optional<SessionRecord> claimed = claim(seen);
            if (claimed.isEmpty()) return busy(seen);
            item = proceed(claimed.get());
        } catch (TrailsException unsaved) {
            LoggerFactory.getLogger(Repair.class).warn("Session {} could not be repaired", seen.name(), unsaved);
            return new RepairReport.Item(
                    seen.name(), Action.KEPT, Reason.of(unsaved.code(), String.valueOf(unsaved.getMessage())));
        } finally {
            services.claims().end(seen.name());
        }
        services.journal().note("session.repaired", TrailsEvent.Type.SESSION_REPAIRED, seen.name(), item.reason());
        return item;
    }

    private RepairReport.Item proceed(SessionRecord claimed) {
        try {
            return claimed.state() == SessionState.CREATING ? undoOrAdopt(claimed) : goOnRemoving(claimed);
        } catch (Throwable failed) {
            Fatal.rethrow(failed);
            LoggerFactory.getLogger(Repair.class).warn("Session {} could not be repaired", claimed.name(), failed);
            return give(claimed, failed);
        }
    }

    /** Takes the dead owner's place, unless somebody else did or it never died. */
    private Optional<SessionRecord> claim(SessionRecord seen) {
        String presence = services.state().presence();
        boolean alive = seen.owner().isPresent()
                && !seen.owner().get().equals(presence)
                && services.state().isAlive(seen.owner().get());
        if (alive) return Optional.empty();
        return services.state().update(draft -> {
            Optional<SessionRecord> now = draft.find(seen.name()).filter(seen::isSameSessionAs);
            boolean settled = now.isEmpty() || !isUnfinished(now.get());
            if (settled || !now.get().owner().equals(seen.owner())) return Optional.<SessionRecord>empty();
            SessionRecord mine = now.get().withState(now.get().state(), Optional.of(presence));
            draft.put(mine);
            return Optional.of(mine);
        });
    }

    private RepairReport.Item goOnRemoving(SessionRecord claimed) {
        RemovalReport report = removal.finish(claimed, RemovalPolicy.safe(), recordings(claimed));
        if (!report.complete()) return kept(claimed, report);
        return new RepairReport.Item(
                claimed.name(), Action.REAPED, Reason.of("session.reaped", "Its removal is finished"));
    }

    /** The record stays ours and CREATING until the one write that ends the repair. */
    private RepairReport.Item undoOrAdopt(SessionRecord claimed) {
        RemovalReport report = Disassembly.of(
                        claimed, services, assembler, RemovalPolicy.safe().endingProcesses(), recordings(claimed))
                .run();
        if (report.complete()) {
            settle(claimed, Optional.empty());
            return new RepairReport.Item(
                    claimed.name(), Action.REAPED, Reason.of("session.reaped", "It was half created; nothing is left"));
        }
        Live live = assembler.create(claimed, new Undo());
        live.sandbox().close();
        settle(claimed, Optional.of(claimed.created()));
        return new RepairReport.Item(
                claimed.name(),
                Action.ADOPTED,
                Reason.of("session.adopted", "It was half created and holds work; its creation is finished"));
    }

    private SavedRecordings recordings(SessionRecord claimed) {
        SessionEnvironment environment = SessionEnvironment.recovered(claimed, services.environment());
        return new SavedRecordings(services, assembler, environment.values());
    }

    private void settle(SessionRecord claimed, Optional<SessionRecord> result) {
        Uninterrupted.update(services.state(), draft -> {
            boolean ours = draft.find(claimed.name())
                    .filter(now -> now.owner().equals(claimed.owner()))
                    .isPresent();
            if (!ours) throw SessionRemoval.busy(claimed);
            if (result.isPresent()) draft.put(result.get());
            else draft.remove(claimed.name());
            return true;
        });
    }

    private static RepairReport.Item kept(SessionRecord claimed, RemovalReport report) {
        return new RepairReport.Item(
                claimed.name(), Action.KEPT, report.kept().get(0).reason());
    }

    private RepairReport.Item give(SessionRecord claimed, Throwable failed) {
        Reason problem = Reason.of(
                failed instanceof TrailsException known ? known.code() : "session.not-repaired",
                "It could not be repaired: " + failed.getMessage(),
                "See the cause, then call repair() again");
        Uninterrupted.update(services.state(), draft -> {
            draft.find(claimed.name())
                    .ifPresent(now -> draft.put(
                            now.withState(claimed.state(), Optional.empty()).withProblem(Optional.of(problem))));
            return true;
        });
        return new RepairReport.Item(claimed.name(), Action.KEPT, problem);
    }
}
