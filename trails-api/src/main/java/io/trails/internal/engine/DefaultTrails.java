package io.trails.internal.engine;

import io.trails.AuditLog;
import io.trails.ModeAdvice;
import io.trails.NoModeException;
import io.trails.ProviderInfo;
import io.trails.Reason;
import io.trails.Registration;
import io.trails.RepairReport;
import io.trails.Session;
import io.trails.SessionExistsException;
import io.trails.SessionInfo;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.Trails;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.internal.audit.AuditTrail;
import io.trails.internal.select.ModeSelector;
import io.trails.internal.select.Selection;
import io.trails.internal.state.SessionId;
import io.trails.internal.state.SessionRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The sessions of one project. */
final class DefaultTrails implements Trails, DefaultSession.Owner {
    /** How long somebody else who creates or removes a session is waited for. */
    private static final Duration OTHERS = Duration.ofSeconds(3);

    private static final long PAUSE_MILLIS = 5;

    private final Services services;
    private final ModeSelector selector;
    private final AuditTrail audit;
    private final EventHub events;
    private final List<Reason> warnings;
    private final Assembler assembler;
    private final Repair repair;
    private final Opening opening;
    private final ConcurrentHashMap<String, DefaultSession> sessions = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    DefaultTrails(Services services, ModeSelector selector, AuditTrail audit, EventHub events, List<Reason> warnings) {
        this.services = services;
        this.selector = selector;
        this.audit = audit;
        this.events = events;
        this.warnings = List.copyOf(warnings);
        this.assembler = new Assembler(services);
        this.repair = new Repair(services, assembler);
        this.opening = new Opening(services, assembler);
    }

    @Override
    public Session open(SessionSpec spec) {
        Objects.requireNonNull(spec, "spec");
        checkOpen();
        audit.conceal(spec.environment());
        Selection selection = select(spec);
        if (selection.advice().best().isEmpty()) {
            opening.refused(spec, selection);
            throw new NoModeException(spec.name(), selection.advice());
        }
        // Until it is in the map: who finds it meanwhile waits, and gets the one that knows its environment.
        services.claims().begin(spec.name());
        Optional<DefaultSession> former;
        DefaultSession session;
        try {
            Opening.Opened opened = opening.open(spec, selection);
            session = new DefaultSession(
                    services,
                    assembler,
                    opened.record(),
                    Optional.of(opened.live()),
                    SessionEnvironment.given(spec.environment()),
                    selection.profile(),
                    this);
            former = Optional.ofNullable(sessions.put(spec.name(), session));
        } finally {
            services.claims().end(spec.name());
        }
        former.ifPresent(DefaultSession::detach);
        return orClosed(session);
    }

    private Selection select(SessionSpec spec) {
        try {
            SessionId.of(spec.name());
            Optional<SessionRecord> taken = settled(spec.name(), false);
            if (taken.isPresent()) {
                throw new SessionExistsException(spec.name(), taken.get().state());
            }
            return selector.select(spec);
        } catch (TrailsException refused) {
            opening.notOpened(spec.name(), refused);
            throw refused;
        }
    }

    @Override
    public Optional<Session> find(String name) {
        Objects.requireNonNull(name, "name");
        checkOpen();
        Optional<SessionRecord> record = settled(name, true);
        if (record.isEmpty()) {
            letGoOfRemoved(name);
            return Optional.empty();
        }
        if (isBusy(record.get())) throw SessionRemoval.busy(record.get());
        Optional<DefaultSession> known = known(record.get());
        return Optional.of(known.isPresent() ? known.get() : attach(record.get()));
    }

    private Optional<DefaultSession> known(SessionRecord record) {
        long deadline = System.nanoTime() + OTHERS.toNanos();
        while (true) {
            // In this order: whoever opened it has put it into the map before.
            boolean opening = services.claims().isAtWork(record.name());
            DefaultSession known = sessions.get(record.name());
            if (known != null && known.is(record)) return Optional.of(known);
            if (!opening || System.nanoTime() - deadline >= 0) return Optional.empty();
            pause(record.name());
        }
    }

    /** Somebody else removed it, unless the state was lost: then it may still be at work. */
    private void letGoOfRemoved(String name) {
        Path state = services.state().directory().resolve("state.json");
        if (services.state().problem().isPresent() || !Files.exists(state)) return;
        DefaultSession known = sessions.get(name);
        // Asked again after that: it may just have been opened.
        if (known == null || stored(name).isPresent() || !sessions.remove(name, known)) return;
        known.detach();
    }

    /**
     * The session of that name, after what a crash left of it has been cleaned up. Whoever is at work on it is waited for,
     * but not for long, and its creation only if the caller has a use for it.
     */
    private Optional<SessionRecord> settled(String name, boolean created) {
        Optional<SessionRecord> record = stored(name);
        if (record.isEmpty() || !Repair.isUnfinished(record.get())) return record;
        long deadline = System.nanoTime() + OTHERS.toNanos();
        while (record.isPresent() && Repair.isUnfinished(record.get())) {
            if (!isBusy(record.get())) {
                repair.repair(record.get());
                record = stored(name);
                if (record.isEmpty() || !isBusy(record.get())) return record;
            }
            boolean awaited = created || record.get().state() == SessionState.REMOVING;
            if (!awaited || System.nanoTime() - deadline >= 0) return record;
            pause(name);
            record = stored(name);
        }
        return record;
    }

    private static void pause(String name) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            throw new TrailsInterruptedException(
                    "waiting for others to finish with session '" + name + "'", interrupted);
        }
    }

    private Optional<SessionRecord> stored(String name) {
        return Optional.ofNullable(services.state().read().get(name));
    }

    private boolean isBusy(SessionRecord record) {
        return Repair.isUnfinished(record) && services.claims().isHeld(record);
    }

    @Override
    public Live takeUpAgain(SessionRecord left) {
        return opening.takeUpAgain(left);
    }

    private DefaultSession attach(SessionRecord record) {
        SessionEnvironment environment = SessionEnvironment.recovered(record, services.environment());
        Opening.Attached attached = opening.attach(record);
        var session = new DefaultSession(
                services, assembler, attached.record(), attached.live(), environment, Optional.empty(), this);
        return orClosed(keep(session, attached.record()));
    }

    /**
     * Of two threads that take a session up at the same time, the first one's stays: commands may run in it already. One of
     * a former life of the name is let go of.
     */
    private DefaultSession keep(DefaultSession fresh, SessionRecord record) {
        while (true) {
            DefaultSession known = sessions.putIfAbsent(record.name(), fresh);
            if (known == null) return fresh;
            if (known.is(record)) {
                fresh.detach();
                return known;
            }
            if (sessions.replace(record.name(), known, fresh)) {
                known.detach();
                return fresh;
            }
        }
    }

    /** An instance that was closed meanwhile has not seen this session. */
    private DefaultSession orClosed(DefaultSession session) {
        if (closed.get()) session.detach();
        return session;
    }

    @Override
    public List<SessionInfo> sessions() {
        checkOpen();
        List<SessionInfo> infos = new ArrayList<>();
        for (SessionRecord stored : services.state().read().values()) {
            SessionRecord record = services.home().shown(stored);
            DefaultSession known = sessions.get(record.name());
            SessionEnvironment environment = known != null && known.is(record)
                    ? known.environment()
                    : SessionEnvironment.recovered(record, services.environment());
            infos.add(SessionInfos.of(record, services.catalog(), environment.missing()));
        }
        return List.copyOf(infos);
    }

    @Override
    public ModeAdvice advise(SessionSpec spec) {
        Objects.requireNonNull(spec, "spec");
        checkOpen();
        return selector.select(spec).advice();
    }

    @Override
    public List<ProviderInfo> providers() {
        checkOpen();
        return services.catalog().infos();
    }

    @Override
    public AuditLog audit() {
        return audit;
    }

    /** What is wrong with settings and state is told to every new listener, who could not hear it before. */
    @Override
    public Registration onEvent(Consumer<? super TrailsEvent> listener) {
        Objects.requireNonNull(listener, "listener");
        checkOpen();
        List<TrailsEvent> first = new ArrayList<>();
        for (Reason warning : warnings) first.add(event(TrailsEvent.Type.SETTINGS_WARNING, warning));
        services.state().warning().ifPresent(warning -> first.add(event(TrailsEvent.Type.STATE_WARNING, warning)));
        services.state().problem().ifPresent(problem -> first.add(event(TrailsEvent.Type.STATE_DAMAGED, problem)));
        return events.register(listener, first);
    }

    private TrailsEvent event(TrailsEvent.Type type, Reason reason) {
        return new TrailsEvent(type, services.clock().instant(), Optional.empty(), reason, Map.of());
    }

    @Override
    public RepairReport repair() {
        checkOpen();
        return repair.runAndSearch();
    }

    /** What of a repair cannot wait at the start. */
    void recover() {
        repair.run();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        Detaching.all(sessions.values());
        sessions.clear();
        events.close();
        try {
            audit.close();
        } finally {
            services.state().close();
        }
    }

    @Override
    public void checkOpen() {
        if (closed.get()) throw new IllegalStateException("This Trails is closed");
    }

    @Override
    public void forget(DefaultSession session) {
        sessions.values().remove(session);
    }
}
