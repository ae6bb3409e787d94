package io.trails.tmux.internal.terminal;

import io.trails.TrailsException;
import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.output.RecordScript;
import io.trails.tmux.internal.place.Place;
import io.trails.tmux.internal.server.TmuxServer;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * Where the panes of one server are: the server itself if it runs, the files, and what the panes of this JVM share. Thread-safe.
 */
final class PaneHost implements AutoCloseable {
    /** How much output of a terminal that is not recorded is kept. */
    private static final long KEPT_BYTES = 32L << 20;

    static final ScriptFile RECORDER = ScriptFile.of(RecordScript.NAME, RecordScript.TEXT);

    private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NEVER = Long.MIN_VALUE;

    private final String directory;
    private final boolean onHost;
    private final Place place;
    private final Optional<TmuxServer> server;
    private final Optional<Shared> shared;
    private final AtomicLong goneNanos = new AtomicLong(NEVER);

    /** What the panes of one run of a server share in this JVM. */
    record Shared(PaneTable panes, Gates gates) {}

    PaneHost(String directory, boolean onHost, Place place, Optional<TmuxServer> server, Optional<Shared> shared) {
        this.directory = directory;
        this.onHost = onHost;
        this.place = place;
        this.server = server;
        this.shared = shared;
    }

    /** Whether its files are those of the host. */
    boolean onHost() {
        return onHost;
    }

    Place place() {
        return place;
    }

    Gates gates() {
        return shared.orElseThrow(PaneHost::gone).gates();
    }

    /** To look for a server that is gone costs a process; so the answer holds for a moment. */
    boolean isServerGone() {
        if (server.isEmpty()) return true;
        long gone = goneNanos.get();
        if (gone != NEVER && System.nanoTime() - gone < GONE_NANOS) return true;
        boolean alive = server.get().isAlive();
        goneNanos.set(alive ? NEVER : System.nanoTime());
        return !alive;
    }

    TmuxServer server() {
        return server.orElseThrow(PaneHost::gone);
    }

    PaneTable panes() {
        return shared.orElseThrow(PaneHost::gone).panes();
    }

    /** The pane of a plan, if tmux has it. */
    Optional<String> findPane(PanePlan plan) {
        return isServerGone() ? Optional.empty() : panes().find(server(), plan.session());
    }

    private static TrailsException gone() {
        return new TrailsException(
                "terminal.unreachable",
                "The tmux server of this project does not run any more; what was in it has ended");
    }

    /** What a pane is called in the directory of the server: there its name is safe in any command. */
    String entry(PanePlan plan) {
        return directory + "/" + plan.session();
    }

    PaneFiles files(PanePlan plan) {
        return new PaneFiles(place, onHost ? plan.directory().toString() : entry(plan));
    }

    Turn turn(PanePlan plan, String lock, String doing) {
        boolean shared = onHost && Files.isDirectory(plan.directory());
        return new Turn(shared ? Optional.of(plan.directory().resolve(lock)) : Optional.empty(), doing);
    }

    boolean hasEntry(PanePlan plan) {
        return !directory.isEmpty() && place.exists(entry(plan));
    }

    void enter(PanePlan plan) {
        if (onHost) place.link(entry(plan), plan.directory().toString());
        else place.createDirectory(entry(plan));
    }

    void leave(PanePlan plan) {
        if (!directory.isEmpty()) place.delete(entry(plan));
    }

    /** Lays the pipe from a pane to what keeps its output. */
    TmuxCommand pipe(PanePlan plan, String pane) {
        long bytes = plan.recording().map(options -> options.maxBytes()).orElse(KEPT_BYTES);
        String recorder = "exec /bin/sh " + directory + "/" + RECORDER.name() + " " + entry(plan) + " " + bytes + " "
                + (plan.recording().isPresent() ? 1 : 0);
        return TmuxCommand.of("pipe-pane", "-O", "-t", pane, recorder);
    }

    /** Ends the server if nobody needs it. Whoever removes a terminal next tries again. */
    void endIfUnused() {
        try {
            server.ifPresent(TmuxServer::endIfUnused);
        } catch (TrailsException e) {
            LoggerFactory.getLogger(PaneHost.class).debug("The tmux server in {} is not ended yet", directory, e);
        }
    }

    @Override
    public void close() {
        server.ifPresent(TmuxServer::close);
    }
}
