package io.trails.dagger.internal.sandbox;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.Usage;
import io.trails.dagger.internal.live.LiveUsage;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxCopy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One session in a container. */
public final class DaggerSandbox implements Sandbox {
    /** What it can do. */
    public static final Set<SandboxCapability> CAPABILITIES = Set.of(SandboxCapability.STREAMS);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    /** For files of a command that has ended to come back. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);

    private final SessionContainer container;
    private final SessionCommands commands;
    private final Connections.Lease lease;
    private final RunMarks marks;
    private final DaggerCopy copy;
    private final Object lock = new Object();
    private final List<RunningCommand> running = new ArrayList<>();
    private boolean closed;

    DaggerSandbox(SessionContainer container, Connections.Lease lease, RunMarks marks, SavedContainers saved) {
        this.container = container;
        commands = new SessionCommands(container);
        this.lease = lease;
        this.marks = marks;
        copy = new DaggerCopy(container, saved, this::goBack);
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public ExecResult exec(Command command) {
        var one = new RunningCommand();
        synchronized (lock) {
            if (closed) throw new IllegalStateException("The sandbox is closed; open the session again");
            running.add(one);
        }
        try (RunMarks.Mark mark = marks.begin()) {
            return commands.exec(command, one, mark::isToStop);
        } finally {
            synchronized (lock) {
                running.remove(one);
            }
        }
    }

    @Override
    public Execution start(Command command) {
        synchronized (lock) {
            if (closed) throw new IllegalStateException("The sandbox is closed; open the session again");
        }
        RunMarks.Mark mark = marks.begin();
        try {
            Execution started = container.live().start(commands.live(command, mark::isToStop));
            var unused = started.onExit().whenComplete((result, failure) -> mark.close());
            return started;
        } catch (RuntimeException | Error failed) {
            mark.close();
            throw failed;
        }
    }

    @Override
    public Optional<SandboxCopy> copy() {
        return Optional.of(copy);
    }

    @Override
    public Usage usage() {
        LiveUsage programs = container.live().usage();
        return new Usage(
                programs.cpuTime(),
                programs.memoryBytes(),
                0,
                Math.max(marks.count(), programs.processes()),
                List.of(Reason.of(
                        "dagger.unmeasured",
                        "The Dagger Engine's API tells neither processor time, memory, disk nor processes of a container;"
                                + " counted are the commands that run, and what live programs say of themselves",
                        "see what the engine's own host tells of it")));
    }

    @Override
    public void stop() {
        endAll(Ending.stopped());
        container.live().stop(Ending.stopped().reason());
        if (marks.stopAll(STOP_PATIENCE)) return;
        throw new TrailsException(
                "dagger.still-running",
                "Commands of the session have not ended " + STOP_PATIENCE.toSeconds()
                        + " s after they were asked to; see whether their host programs hang, and stop again");
    }

    /** What ran must not come home with files that are newer than what the session goes back to. */
    private void goBack() {
        container.live().holdBack(true);
        try {
            stop();
            container.wayHome().abandon();
        } finally {
            container.live().holdBack(false);
        }
    }

    private void endAll(Ending why) {
        List<RunningCommand> now;
        synchronized (lock) {
            now = List.copyOf(running);
        }
        for (RunningCommand command : now) command.end(why);
        container.replay().end(why);
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) return;
            closed = true;
        }
        try {
            endAll(Ending.closed());
            container.live().close();
            container.turns().awaitLast(LAST_PATIENCE);
        } finally {
            lease.close();
            container.bringing().leave();
        }
    }
}
