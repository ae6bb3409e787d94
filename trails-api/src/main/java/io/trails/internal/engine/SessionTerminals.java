package io.trails.internal.engine;

import io.trails.Axis;
import io.trails.Command;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.SessionState;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.internal.providers.Fatal;
import io.trails.internal.state.OwnDirectory;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StoredPart;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Sandbox;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * The terminals of one session, each started once and by one thread. Thread-safe; no lock is held while a terminal
 * starts: other threads wait for the first one's result.
 */
final class SessionTerminals {
    private static final long START_DEADLINE_SECONDS = 60;

    private final Services services;
    private final Assembler assembler;
    private final SessionRecord born;
    private final Map<String, String> environment;
    private final SavedRecordings recordings;
    private final ConcurrentHashMap<String, CompletableFuture<Slot>> slots = new ConcurrentHashMap<>();

    SessionTerminals(
            Services services,
            Assembler assembler,
            SessionRecord born,
            Map<String, String> environment,
            SavedRecordings recordings) {
        this.services = services;
        this.assembler = assembler;
        this.born = born;
        this.environment = environment;
        this.recordings = recordings;
    }

    private record Slot(Plan plan, HeldTerminal terminal) {}

    /** What a new terminal runs, and what is to be remembered of its start in the same write as its plan. */
    record Launch(Optional<Command> command, Function<SessionRecord, SessionRecord> remembered) {
        static Launch shell(SessionRecord record) {
            return new Launch(Optional.empty(), now -> now);
        }
    }

    /** The terminal of that name: the one at hand, the one another JVM started, or a new one. */
    HeldTerminal get(String name, Sandbox sandbox, Function<SessionRecord, Launch> launch) {
        while (true) {
            CompletableFuture<Slot> mine = new CompletableFuture<>();
            CompletableFuture<Slot> other = slots.putIfAbsent(name, mine);
            Slot slot = other == null ? start(name, sandbox, launch, mine) : await(name, other);
            if (isCurrent(name, slot)) return slot.terminal();
            if (slots.remove(name, other == null ? mine : other))
                slot.terminal().detach();
        }
    }

    /** Whether its program has ended, even if nobody knows how: whoever killed it may have killed what held it, too. */
    static boolean hasEnded(HeldTerminal terminal) {
        try {
            return terminal.exitCode().isPresent();
        } catch (TrailsException unknown) {
            if (unknown.code().equals("terminal.lost")) return true;
            throw unknown;
        }
    }

    /**
     * Ends what is left of a terminal that was seen to have ended and forgets it, so that the next {@link #get} starts a new
     * one. Does nothing if another thread has done so already: what it started is none of the caller's business.
     */
    void discard(String name, HeldTerminal ended, Sandbox sandbox) {
        CompletableFuture<Slot> known = slots.get(name);
        if (known == null || !known.isDone() || known.isCompletedExceptionally()) return;
        Slot slot = known.join();
        if (!slot.terminal().equals(ended) || !slots.remove(name, known)) return;
        ended.detach();
        StoredPart part = record().terminals().get(name);
        if (part != null && part.plan().equals(slot.plan())) forget(name, part, sandbox);
    }

    /** A provider that cannot let go of one terminal keeps nobody from letting go of the others. */
    void detach() {
        for (CompletableFuture<Slot> slot : slots.values()) {
            if (!slot.isDone() || slot.isCompletedExceptionally()) continue;
            try {
                slot.join().terminal().detach();
            } catch (Throwable failed) {
                Fatal.rethrow(failed);
                LoggerFactory.getLogger(SessionTerminals.class)
                        .warn("A terminal of session {} could not be let go of", born.name(), failed);
            }
        }
        slots.clear();
    }

    private Slot start(
            String name, Sandbox sandbox, Function<SessionRecord, Launch> launch, CompletableFuture<Slot> mine) {
        try {
            Slot slot = openOrCreate(name, sandbox, launch);
            mine.complete(slot);
            return slot;
        } catch (Throwable failed) {
            slots.remove(name, mine);
            mine.completeExceptionally(failed);
            throw failed;
        }
    }

    private Slot openOrCreate(String name, Sandbox sandbox, Function<SessionRecord, Launch> launch) {
        SessionRecord record = record();
        StoredPart stored = record.terminals().get(name);
        if (stored != null && stored.created()) {
            assembler.terminalDirectory(record, name, stored.plan()).check();
            try {
                return new Slot(
                        stored.plan(), assembler.terminalProvider(stored).open(stored.plan(), sandbox));
            } catch (ResourceLostException gone) {
                forget(name, stored, sandbox);
                return create(name, sandbox, launch.apply(record()));
            }
        }
        Launch wanted = launch.apply(record);
        return stored == null ? create(name, sandbox, wanted) : finish(name, stored, sandbox, wanted);
    }

    private Slot create(String name, Sandbox sandbox, Launch launch) {
        SessionRecord record = record();
        StoredPart own = Parts.part(record, Axis.TERMINAL);
        TerminalProvider provider = assembler.terminalProvider(own);
        String id = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Plan plan = provider.plan(request(record, name, Plan.empty().with(Assembler.LAUNCH, id), launch));
        StoredPart planned = new StoredPart(provider.id(), plan.with(Assembler.LAUNCH, id), false);
        StoredPart agreed = services.state().update(draft -> {
            SessionRecord now = present(draft.find(born.name()));
            StoredPart others = now.terminals().get(name);
            if (others != null) return others;
            draft.put(launch.remembered().apply(now).withTerminal(name, planned));
            return planned;
        });
        return finish(name, agreed, sandbox, launch);
    }

    /** Starts what is planned, or adopts it where another thread, JVM or a crash got further than we know. */
    private Slot finish(String name, StoredPart planned, Sandbox sandbox, Launch launch) {
        SessionRecord record = record();
        TerminalRequest request = request(record, name, planned.plan(), launch);
        OwnDirectory directory = assembler.terminalDirectory(record, name, planned.plan());
        directory.create();
        HeldTerminal terminal;
        try {
            terminal = assembler.terminalProvider(planned).create(planned.plan(), request, sandbox);
        } catch (Throwable failed) {
            forgetPlan(name, planned, directory, failed);
            throw failed;
        }
        boolean current = services.state().update(draft -> {
            SessionRecord found = present(draft.find(born.name()));
            StoredPart known = found.terminals().get(name);
            if (known != null && !known.plan().equals(planned.plan())) return false;
            SessionRecord now = found.withTerminal(name, planned.withCreated(true));
            // A session with an agent is running again when its agent is: until then the agent has to be resumed.
            boolean runs =
                    now.state() == SessionState.STOPPED && (now.agent().isEmpty() || name.equals(SessionAgent.NAME));
            draft.put(runs ? now.withState(SessionState.READY, now.owner()) : now);
            return true;
        });
        // Another host saw this launch end and planned the next one: what may just have been started is one too many.
        if (!current) forget(name, planned, sandbox);
        return new Slot(planned.plan(), terminal);
    }

    private void forgetPlan(String name, StoredPart planned, OwnDirectory directory, Throwable cause) {
        try {
            Uninterrupted.update(services.state(), draft -> {
                draft.find(born.name()).filter(born::isSameSessionAs).ifPresent(now -> {
                    if (planned.equals(now.terminals().get(name))) draft.put(now.withoutTerminal(name));
                });
                return true;
            });
            directory.deleteEmpty();
        } catch (RuntimeException unsaved) {
            cause.addSuppressed(unsaved);
        }
    }

    private void forget(String name, StoredPart part, Sandbox sandbox) {
        SessionRecord record = record();
        OwnDirectory directory = assembler.terminalDirectory(record, name, part.plan());
        directory.check();
        recordings.save(record, name, part, sandbox, true);
        RemovalReport report = assembler
                .terminalProvider(part)
                .remove(part.plan(), sandbox, RemovalPolicy.safe().endingProcesses());
        if (!report.complete()) {
            recordings.forget(record, name, part);
            RemovalReport.Item first = report.kept().get(0);
            throw new TrailsException(
                    "terminal.not-removed",
                    "What is left of terminal '" + name + "' of session '" + born.name() + "' cannot be removed: "
                            + first.what() + ": " + first.reason().message());
        }
        directory.delete();
        services.state().update(draft -> {
            SessionRecord now = present(draft.find(born.name()));
            StoredPart known = now.terminals().get(name);
            if (known != null && known.plan().equals(part.plan())) draft.put(now.withoutTerminal(name));
            return true;
        });
    }

    private boolean isCurrent(String name, Slot slot) {
        StoredPart stored = record().terminals().get(name);
        return stored != null && stored.plan().equals(slot.plan());
    }

    private TerminalRequest request(SessionRecord record, String name, Plan plan, Launch launch) {
        Path own = assembler.terminalDirectory(record, name, plan).path();
        TerminalRequest.Builder builder = TerminalRequest.builder(record.id(), name, own)
                .environment(environment)
                .stateDirectory(assembler.stateDirectory());
        record.recording().ifPresent(builder::recording);
        launch.command()
                .ifPresent(command ->
                        builder.command(command.environment(environment).environment(command.environment())));
        return builder.build();
    }

    private SessionRecord record() {
        return present(Optional.ofNullable(services.state().read().get(born.name())));
    }

    private SessionRecord present(Optional<SessionRecord> found) {
        return found.filter(born::isSameSessionAs).orElseThrow(() -> DefaultSession.removed(born.name()));
    }

    private Slot await(String name, CompletableFuture<Slot> other) {
        try {
            return other.get(START_DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new TrailsInterruptedException("waiting for terminal '" + name + "' to start", interrupted);
        } catch (TimeoutException late) {
            throw new TrailsException(
                    "terminal.not-started",
                    "Terminal '" + name + "' of session '" + born.name() + "' is still being started by another thread"
                            + " after " + START_DEADLINE_SECONDS + " s; try again",
                    late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TrailsException known) {
                throw new TrailsException(known.code(), String.valueOf(known.getMessage()), known);
            }
            throw new TrailsException(
                    "terminal.not-started",
                    "Terminal '" + name + "' of session '" + born.name()
                            + "' could not be started by another thread; see" + " the cause",
                    failed);
        }
    }
}
