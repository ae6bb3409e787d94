package io.trails.internal.terminal;

import io.trails.Isolation;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.internal.terminal.HeadlessTerminal.Identity;
import io.trails.internal.terminal.HeadlessTerminal.Turns;
import io.trails.spi.Availability;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds programs without a terminal device, for CI and machines without tmux. Where the sandbox leaves processes in the
 * background and shares the host's files, on a POSIX host, the program is detached: it outlives the host and is found
 * again by its files. Elsewhere it is attached to this JVM and ends with it.
 *
 * <p>The program appends its output to a file itself, so that nothing between could block it, lose output or die. Of a
 * detached program the newest 32 MiB stay readable until the terminal is removed. Once the disk holds twice as much, the rest
 * is given back to it by the next {@code screen}, {@code await}, {@code run} or read of {@code output}, at most every other
 * second: while no host looks at the terminal, its output grows without bound. That takes Linux, {@code fallocate}, and a
 * file system that can have holes in files; elsewhere the output is kept whole. Trails keeps it in its state directory, where
 * a session's limit on disk use does not count it.
 */
public final class HeadlessTerminalProvider implements TerminalProvider {
    private final boolean detaching;
    // Numbers, and not the bound they make: every start of trails makes a provider, and few of them a terminal.
    private final long kept;
    private final int pauseMillis;
    private final Duration patience;
    private final AttachedPrograms attached = new AttachedPrograms();
    private final ConcurrentHashMap<Path, Turns> turns = new ConcurrentHashMap<>();

    /** For the class path's and the engine's use. */
    public HeadlessTerminalProvider() {
        this(NamedPipes.available(), 32L << 20, 2_000, BoundedWrite.PATIENCE);
    }

    HeadlessTerminalProvider(boolean detaching, long kept, int pauseMillis, Duration patience) {
        this.detaching = detaching;
        this.kept = kept;
        this.pauseMillis = pauseMillis;
        this.patience = patience;
    }

    @Override
    public String id() {
        return "headless";
    }

    @Override
    public int preference() {
        return -10;
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.of();
    }

    @Override
    public Availability probe(ProbeContext context) {
        if (detaching) return Availability.available();
        return Availability.available(Reason.of(
                "headless.attached",
                "There is no mkfifo here: programs in headless terminals end with the host",
                "Use a POSIX system with mkfifo, or tmux"));
    }

    @Override
    public Set<SandboxCapability> requires() {
        return Set.of(SandboxCapability.STREAMS);
    }

    @Override
    public Set<TerminalCapability> capabilities(Set<SandboxCapability> sandbox) {
        return detaches(sandbox)
                ? Set.of(TerminalCapability.SURVIVES_HOST, TerminalCapability.STREAM)
                : Set.of(TerminalCapability.STREAM);
    }

    private boolean detaches(Set<SandboxCapability> sandbox) {
        return detaching
                && sandbox.contains(SandboxCapability.BACKGROUND)
                && sandbox.contains(SandboxCapability.HOST_FILES);
    }

    @Override
    public Plan plan(TerminalRequest request) {
        return Plan.empty()
                .with("directory", request.directory().toString())
                .with("name", request.sessionId() + "/" + request.name())
                .with("runs", request.command().isPresent() ? "program" : "shell")
                .with("columns", Integer.toString(request.columns()))
                .with("rows", Integer.toString(request.rows()));
    }

    @Override
    public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
        Identity identity = identity(plan);
        TerminalFiles files = files(plan);
        if (!Files.isDirectory(files.directory(), LinkOption.NOFOLLOW_LINKS)) {
            throw new TrailsException(
                    "terminal.not-started",
                    "Terminal '" + identity.name() + "' cannot be started: its directory " + files.directory()
                            + " is missing or is no directory");
        }
        if (detaches(sandbox.capabilities())) {
            Optional<Holder> holder = new DetachedLaunch(identity.name(), files, sandbox).launch(request);
            if (holder.isPresent()) return detached(identity, files, sandbox, holder.get());
        }
        return attached(identity, files, request, sandbox);
    }

    private HeldTerminal detached(Identity identity, TerminalFiles files, Sandbox sandbox, Holder holder) {
        return held(identity, files, new DetachedProgram(identity.name(), files, bound(), sandbox, holder));
    }

    private HeldTerminal attached(Identity identity, TerminalFiles files, TerminalRequest request, Sandbox sandbox) {
        return held(identity, files, attached.start(identity.name(), files, request, sandbox));
    }

    private HeldTerminal held(Identity identity, TerminalFiles files, Program program) {
        Turns own = turns.computeIfAbsent(files.directory(), directory -> Turns.of(files));
        return new HeadlessTerminal(identity, files, program, own, bound(), patience);
    }

    @Override
    public HeldTerminal open(Plan plan, Sandbox sandbox) {
        Identity identity = identity(plan);
        TerminalFiles files = files(plan);
        Optional<Holder> holder = files.holder();
        if (holder.isPresent()) return detached(identity, files, sandbox, holder.get());
        Optional<AttachedProgram> running = attached.find(files);
        if (running.isPresent()) return held(identity, files, running.get());
        if (!Files.exists(files.attached(), LinkOption.NOFOLLOW_LINKS)) {
            throw new ResourceLostException("Nothing is left of terminal '" + identity.name() + "' in "
                    + files.directory() + "; remove it and start anew");
        }
        OptionalInt code = files.exitCode();
        return held(identity, files, new EndedProgram(code.isPresent() ? Ending.exited(code.getAsInt()) : Ending.LOST));
    }

    @Override
    public RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy) {
        Identity identity = identity(plan);
        TerminalFiles files = files(plan);
        if (!files.exist()) {
            turns.remove(files.directory());
            return RemovalReport.nothing();
        }
        String what = "terminal " + identity.name();
        Optional<AttachedProgram> running = attached.find(files);
        if (running.isPresent()) {
            if (!running.get().ending().ended() && !policy.endsProcesses()) {
                return RemovalReport.kept(what, ProgramEnd.RUNNING);
            }
            running.get().end();
            attached.forget(files);
        } else if (files.holder().isPresent()) {
            var end = new ProgramEnd(files, sandbox);
            Optional<Reason> objection = policy.endsProcesses() ? end.end() : end.ended();
            if (objection.isPresent()) return RemovalReport.kept(what, objection.get());
        }
        files.delete();
        turns.remove(files.directory());
        return RemovalReport.removed(what, Reason.of("terminal.removed", "It was created for the session"));
    }

    private OutputBound bound() {
        return new OutputBound(kept, Duration.ofMillis(pauseMillis));
    }

    private static TerminalFiles files(Plan plan) {
        return new TerminalFiles(Path.of(plan.get("directory")));
    }

    private static Identity identity(Plan plan) {
        return new Identity(
                plan.get("name"),
                plan.get("runs").equals("shell"),
                Integer.parseInt(plan.get("columns")),
                Integer.parseInt(plan.get("rows")));
    }
}
