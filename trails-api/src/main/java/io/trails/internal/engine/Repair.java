package io.trails.internal.engine;

import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.RepairReport;
import io.trails.RepairReport.Action;
import io.trails.SessionState;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import io.trails.internal.state.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on where a crash stopped: what was half created is undone, or finished where undoing would lose something; what was
 * half removed is finished. Thread-safe.
 */
final class Repair {
    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);

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
        for (SessionRecord record : services.state().unsettled()) items.add(repair(record));
        return new RepairReport(items);
    }

    static boolean isUnfinished(SessionRecord record) {
        return record.state() == SessionState.CREATING || record.state() == SessionState.REMOVING;
    }

    RepairReport.Item repair(SessionRecord seen) {
        Optional<SessionRecord> claimed = claim(seen);
        if (claimed.isEmpty()) {
            return new RepairReport.Item(
                    seen.name(),
                    Action.KEPT,
                    Reason.of("session.busy", "Another process is at work on it or has repaired it"));
        }
        RepairReport.Item item;
        try {
            item = proceed(claimed.get());
        } catch (RuntimeException | LinkageError failed) {
            LOG.warn("Session {} could not be repaired", seen.name(), failed);
            item = give(claimed.get(), failed);
        }
        services.journal().note("session.repaired", TrailsEvent.Type.SESSION_REPAIRED, seen.name(), item.reason());
        return item;
    }

    /** Takes the dead owner's place, unless somebody else did or it never died. */
    private Optional<SessionRecord> claim(SessionRecord seen) {
        if (removal.isOwned(seen)) return Optional.empty();
        String presence = services.state().presence();
        return services.state().update(draft -> {
            Optional<SessionRecord> now = draft.find(seen.name());
            boolean settled = now.isEmpty() || !isUnfinished(now.get());
            if (settled || !now.get().owner().equals(seen.owner())) return Optional.<SessionRecord>empty();
            SessionRecord mine = now.get().withState(now.get().state(), Optional.of(presence));
            draft.put(mine);
            return Optional.of(mine);
        });
    }

    private RepairReport.Item proceed(SessionRecord claimed) {
        boolean creating = claimed.state() == SessionState.CREATING;
        RepairReport.Item reaped = new RepairReport.Item(
                claimed.name(),
                Action.REAPED,
                Reason.of(
                        "session.reaped",
                        creating ? "It was half created; nothing is left" : "Its removal is finished"));
        RemovalPolicy policy = RemovalPolicy.safe();
        RemovalReport report = removal.finish(claimed, creating ? policy.endingProcesses() : policy);
        if (report.complete()) return reaped;
        return creating ? adopt(claimed) : kept(claimed, report);
    }

    private RepairReport.Item adopt(SessionRecord claimed) {
        Undo undo = new Undo();
        Live live = assembler.create(claimed, undo);
        live.sandbox().close();
        services.state().update(draft -> {
            draft.put(claimed.created());
            return true;
        });
        return new RepairReport.Item(
                claimed.name(),
                Action.ADOPTED,
                Reason.of("session.adopted", "It was half created and holds work; its creation is finished"));
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
        services.state().update(draft -> {
            draft.find(claimed.name())
                    .ifPresent(now -> draft.put(
                            now.withState(claimed.state(), Optional.empty()).withProblem(Optional.of(problem))));
            return true;
        });
        return new RepairReport.Item(claimed.name(), Action.KEPT, problem);
    }
}
