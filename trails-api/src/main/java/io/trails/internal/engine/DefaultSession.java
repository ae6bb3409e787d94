package io.trails.internal.engine;

import io.trails.Agent;
import io.trails.AgentProfile;
import io.trails.Axis;
import io.trails.BroughtBack;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.Command;
import io.trails.DiffRequest;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.FileDiff;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionCapability;
import io.trails.SessionInfo;
import io.trails.SessionState;
import io.trails.Terminal;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import io.trails.Usage;
import io.trails.internal.providers.Fatal;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StateStore;
import io.trails.spi.HeldTerminal;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A session of one instance. Exec and start go straight to the sandbox, after one look at whether the session is still there:
 * another instance may have removed it and opened its name anew.
 */
final class DefaultSession implements Session {
    private static final String SHELL = "shell";

    /** The instance a session belongs to. */
    interface Owner {
        /** Throws {@link IllegalStateException} once the instance is closed. */
        void checkOpen();

        void forget(DefaultSession session);

        /** Takes up what a removal left of a session, and makes again what it took away. */
        Live takeUpAgain(SessionRecord left);
    }

    private final Services services;
    private final SessionRecord born;
    private volatile Optional<Live> live;
    private final SessionEnvironment environment;
    private final SavedRecordings recordings;
    private final SessionTerminals terminals;
    private final SessionRemoval removal;
    private final SessionWork work;
    private final Optional<SessionAgent> agent;
    private final Owner owner;
    private final AtomicBoolean removed = new AtomicBoolean();
    /** Commands of this instance; what another one runs is not known here. */
    private final AtomicInteger running = new AtomicInteger();

    DefaultSession(
            Services services,
            Assembler assembler,
            SessionRecord record,
            Optional<Live> live,
            SessionEnvironment environment,
            Optional<AgentProfile> profile,
            Owner owner) {
        this.services = services;
        this.born = record;
        this.live = live;
        this.environment = environment;
        this.owner = owner;
        this.recordings = new SavedRecordings(services, assembler, environment.values());
        this.terminals = new SessionTerminals(services, assembler, record, environment.values(), recordings);
        this.removal = new SessionRemoval(services, assembler);
        this.work = new SessionWork(services, record.name(), this::record);
        this.agent = record.agent()
                .map(stored -> new SessionAgent(services, stored, profile, terminals, record.name(), this));
    }

    /** What happened to a session that the state does not know any more. */
    static TrailsException gone(String name, StateStore state) {
        Optional<Reason> damage = state.problem();
        if (damage.isPresent()) {
            return new TrailsException(
                    "session.removed",
                    "Session '" + name + "' has been removed, or was in what was set aside: "
                            + damage.get().message() + ". " + damage.get().remedy());
        }
        Path file = state.directory().resolve("state.json");
        if (Files.exists(file)) return removed(name);
        return new TrailsException(
                "state.missing",
                file + " is gone, and with it what was known of session '" + name
                        + "'; bring it back, or close this Trails, create a new one and open the session anew");
    }

    static TrailsException removed(String name) {
        return new TrailsException("session.removed", "Session '" + name + "' has been removed; open it anew");
    }

    /** Whether this is the session that the record tells of, and not a former one of the same name. */
    boolean is(SessionRecord record) {
        return !removed.get() && born.isSameSessionAs(record) && live.isPresent();
    }

    @Override
    public SessionInfo info() {
        owner.checkOpen();
        return SessionInfos.of(services.home().shown(record()), services.catalog(), environment.missing());
    }

    @Override
    public ExecResult exec(Command command) {
        Objects.requireNonNull(command, "command");
        Live now = live();
        running.incrementAndGet();
        try {
            return now.sandbox().exec(environment.in(command));
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public Execution start(Command command) {
        Objects.requireNonNull(command, "command");
        Execution started = live().sandbox().start(environment.in(command));
        running.incrementAndGet();
        var unused = started.onExit().whenComplete((result, failure) -> running.decrementAndGet());
        return started;
    }

    @Override
    public Terminal terminal() {
        Live now = live();
        try {
            return new GuardedTerminal(shell(now), this);
        } catch (TrailsException raced) {
            if (!raced.code().equals("terminal.unreadable")) throw raced;
            // Another host may have removed an ended shell just while it was looked at here; then it is gone by now.
            LoggerFactory.getLogger(DefaultSession.class)
                    .debug("The shell of session {} is looked at again", born.name(), raced);
            return new GuardedTerminal(shell(now), this);
        }
    }

    private HeldTerminal shell(Live now) {
        HeldTerminal terminal = terminals.get(SHELL, now.sandbox(), SessionTerminals.Launch::shell);
        if (!SessionTerminals.hasEnded(terminal)) return terminal;
        terminals.discard(SHELL, terminal, now.sandbox());
        return terminals.get(SHELL, now.sandbox(), SessionTerminals.Launch::shell);
    }

    @Override
    public Agent agent() {
        SessionAgent own = agent.orElseThrow(
                () -> new IllegalStateException("Session '" + born.name() + "' was opened without an agent"));
        return own.started(live().sandbox(), record().state() == SessionState.STOPPED);
    }

    @Override
    public Changes changes() {
        return live().files().changes();
    }

    @Override
    public Set<SessionCapability> capabilities() {
        return live().files().capabilities();
    }

    @Override
    public void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(reader, "reader");
        live().files().diff(request, reader);
    }

    @Override
    public void writePatch(DiffRequest request, OutputStream out) {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(out, "out");
        live().files().writePatch(request, out);
    }

    @Override
    public Checkpoint checkpoint(String label) {
        Objects.requireNonNull(label, "label");
        SessionWork.checkLabel(label);
        return work.checkpoint(live().files(), label);
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return live().files().checkpoints();
    }

    @Override
    public Checkpoint restore(Checkpoint checkpoint) {
        Objects.requireNonNull(checkpoint, "checkpoint");
        return work.restore(live().files(), checkpoint);
    }

    @Override
    public MergePreview preview(MergeRequest request) {
        Objects.requireNonNull(request, "request");
        return live().files().preview(request);
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        Objects.requireNonNull(request, "request");
        return work.merge(live().files(), request);
    }

    @Override
    public BroughtBack bringBack() {
        Live now = live();
        return work.undisturbed(() -> now.copyFor(SessionCapability.BRING_BACK).bringBack());
    }

    @Override
    public void export(Path directory) {
        Objects.requireNonNull(directory, "directory");
        Path absolute = directory.toAbsolutePath().normalize();
        live().copyFor(SessionCapability.EXPORT).export(absolute);
    }

    @Override
    public void exportImage(Path archive) {
        Objects.requireNonNull(archive, "archive");
        Path absolute = archive.toAbsolutePath().normalize();
        live().copyFor(SessionCapability.EXPORT_IMAGE).exportImage(absolute);
    }

    @Override
    public Usage usage() {
        return live().sandbox().usage();
    }

    @Override
    public void stop() {
        Live now = live();
        end(now);
        Uninterrupted.update(services.state(), draft -> {
            SessionRecord known =
                    draft.find(born.name()).filter(born::isSameSessionAs).orElseThrow(() -> removed(born.name()));
            if (known.state() == SessionState.READY) draft.put(known.withState(SessionState.STOPPED, known.owner()));
            return true;
        });
        services.journal()
                .note(
                        "session.stopped",
                        TrailsEvent.Type.SESSION_STOPPED,
                        born.name(),
                        Reason.of("session.stopped", "Its processes were ended, its work is kept"));
    }

    @Override
    public RemovalReport remove(RemovalPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        owner.checkOpen();
        if (removed.get()) throw removed(born.name());
        try {
            RemovalReport report = removal.remove(born, policy, recordings, this::endCommands);
            removed.set(report.complete());
            return report;
        } finally {
            if (removed.get()) {
                detach();
                owner.forget(this);
            } else {
                takeUpAgain();
            }
        }
    }

    /** What was kept is used on, to save it, say; a sandbox that was removed before is not there for that any more. */
    private void takeUpAgain() {
        Optional<Live> before = live;
        if (before.isEmpty()) return;
        try {
            Optional<SessionRecord> left = Optional.ofNullable(
                            services.state().read().get(born.name()))
                    .filter(born::isSameSessionAs);
            if (left.isEmpty() || Parts.part(left.get(), Axis.SANDBOX).created()) return;
            live = Optional.empty();
            before.get().sandbox().close();
            live = Optional.of(owner.takeUpAgain(left.get()));
        } catch (Throwable failed) {
            Fatal.rethrow(failed);
            LoggerFactory.getLogger(DefaultSession.class)
                    .warn("Session {} is to be found again before it is used", born.name(), failed);
        }
    }

    /**
     * Ends what runs and has what it wrote come back. Before that, too, as long as no command is in the way, so that less depends
     * on how the end goes.
     */
    private void end(Live now) {
        if (running.get() == 0) bringBackIfPossible(now);
        now.sandbox().stop();
        bringBackIfPossible(now);
    }

    /** The provider of the sandbox sees to it that nothing is lost; what has come back already is seen by the workspace's. */
    private void bringBackIfPossible(Live now) {
        try {
            if (now.files().capabilities().contains(SessionCapability.BRING_BACK)) {
                var unused = now.copy().bringBack();
            }
        } catch (Throwable failed) {
            Fatal.rethrow(failed);
            LoggerFactory.getLogger(DefaultSession.class)
                    .debug("Nothing is brought back from session {} where it ends", born.name(), failed);
        }
    }

    /** So that whoever waits for them learns why they ended: a provider that removes knows nothing of them. */
    private RemovalReport endCommands() {
        Optional<Live> now = live;
        if (now.isEmpty()) return RemovalReport.nothing();
        if (running.get() == 0) {
            bringBackIfPossible(now.get());
            return RemovalReport.nothing();
        }
        try {
            end(now.get());
        } catch (Throwable failed) {
            Fatal.rethrow(failed);
            // The removal looks for itself what still runs, and says so.
            LoggerFactory.getLogger(DefaultSession.class)
                    .debug("The commands of session {} do not end", born.name(), failed);
            return RemovalReport.nothing();
        }
        return RemovalReport.removed("its running commands", Reason.of("exec.stopped", "The policy ends them"));
    }

    Secrets secrets() {
        return recordings.secrets();
    }

    SessionEnvironment environment() {
        return environment;
    }

    /** Lets go of everything; what can outlive the host goes on. */
    void detach() {
        terminals.detach();
        live.ifPresent(now -> now.sandbox().close());
    }

    /**
     * For what was got from this session.
     *
     * @throws IllegalStateException once the instance is closed
     * @throws TrailsException {@code session.removed} or {@code state.missing}
     */
    void checkPresent() {
        owner.checkOpen();
        record();
    }

    private Live live() {
        checkPresent();
        Optional<Live> now = live;
        if (now.isPresent()) return now.get();
        throw new TrailsException(
                "session.lost",
                "Session '" + born.name() + "' is lost: "
                        + born.problem().map(Reason::message).orElse("what it stands on is gone")
                        + "; remove it");
    }

    private SessionRecord record() {
        SessionRecord now = services.state().read().get(born.name());
        if (removed.get()) throw removed(born.name());
        if (now == null) throw gone(born.name(), services.state());
        if (!now.isSameSessionAs(born)) throw removed(born.name());
        return now;
    }
}
