package io.trails.internal.host;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Execution;
import io.trails.Input;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.Output;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.Usage;
import io.trails.internal.host.cgroup.SessionGroup;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One session's processes on the host. */
final class HostSandbox implements Sandbox {
    private static final long GRACE_MILLIS = 1_000;
    private static final long LONGEST_START_MILLIS = 5_000;

    private final HostSession session;
    private final ProcessTable table;
    private final Launcher launcher;
    private final ProcessFamily family;
    private final Executor threads;
    private final OutputPipes pipes;
    private final @Nullable GroupVerdict group;
    private final Consumer<Reason> breachReporter;
    private final UsageMeter meter;
    private final @Nullable LimitWatch watch;
    private final Set<RunningCommand> running = ConcurrentHashMap.newKeySet();
    private final CommandRecord record;
    private final ExitHook exitHook = new ExitHook(this);
    private final String execMarks;
    private final AtomicLong starting = new AtomicLong();
    private final AtomicLong execCount = new AtomicLong();
    private final CloseFlag closed = new CloseFlag();
    private volatile boolean exiting;

    HostSandbox(HostSession session, ProcessTable table) {
        this.session = session;
        this.table = table;
        group = session.group();
        pipes = new OutputPipes(table.readsVariables());
        threads = IdleThreads.named("trails-host-" + session.mark());
        launcher = new Launcher(
                session.directory(),
                new HostEnvironment(session.environment(), session.mark()),
                session.limits(),
                group,
                pipes,
                threads);
        family = new ProcessFamily(table, Marks.SESSION, session.mark(), groups());
        breachReporter = session.breachReporter();
        meter = new UsageMeter(table, session.disk(), closed, group);
        execMarks =
                session.mark() + "-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + "-";
        record = new CommandRecord(session.own(), table.readsVariables());
        watch = watch();
    }

    private @Nullable LimitWatch watch() {
        Limits watched = group == null ? session.limits() : group.others();
        if (group == null && !LimitWatch.neededFor(watched)) return null;
        Runnable groupLook = group == null ? null : this::lookAtGroup;
        return new LimitWatch(watched, table, this::glance, session.disk(), this::breached, groupLook);
    }

    private List<SessionGroup> groups() {
        return group == null ? List.of() : List.of(group.group());
    }

    /** Starts watching, and measuring the files if that was not done already. */
    HostSandbox started(boolean fresh) {
        if (watch != null) watch.start(session.mark());
        if (fresh && session.limits().get(Kind.DISK).isEmpty()) threads.execute(new Baseline(session.disk(), closed));
        return this;
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return HostSandboxProvider.CAPABILITIES;
    }

    @Override
    public ExecResult exec(Command command) {
        try (var outputs = Outputs.open(command.capture())) {
            RunningCommand started = run(command, outputs);
            try {
                feed(command.stdin(), started.process());
                started.await();
                outputs.await(started, table);
                return report(started, started.result(outputs.stdout(), outputs.stderr()));
            } catch (InterruptedException e) {
                started.end(Ending.cancelled("exec.cancelled", "The calling thread was interrupted"));
                throw new TrailsInterruptedException(
                        "running '" + command.argv().get(0) + "'; it was ended", e);
            } finally {
                forget(started);
            }
        }
    }

    @Override
    public Execution start(Command command) {
        RunningCommand started = run(command, null);
        feed(command.stdin(), started.process());
        var execution = new HostExecution(started, !(command.stdin() instanceof Input.None));
        threads.execute(() -> execution.awaitEnd(ended -> {
            forget(ended);
            return report(ended, ended.result(Output.empty(), Output.empty()));
        }));
        return execution;
    }

    private RunningCommand launch(Command command, @Nullable Outputs outputs) {
        if (closed.getAsBoolean()) throw new IllegalStateException("The sandbox is closed; open the session again");
        // Whoever goes on starting commands would outrun the hook, and nobody would end the last ones.
        if (exiting) throw new IllegalStateException("This JVM is ending; nobody would end the command");
        exitHook.set("trails-exit-" + session.mark());
        String execMark = execMarks + execCount.incrementAndGet();
        Deadline deadline = Deadline.of(command, session.limits());
        if (group != null) restore(group);
        var verdict = LimitVerdict.fromNowOn(session.limits(), group);
        record.enter(execMark);
        Process process = start(command, execMark, outputs);
        record.started(execMark, process.pid());
        var started = new RunningCommand(process, execMark, table, deadline, verdict);
        running.add(started);
        // It was not yet among those that a close on another thread, or the exit of this JVM, ended.
        if (closed.getAsBoolean() || exiting) started.end(Ending.cancelled("exec.cancelled", "The session was closed"));
        if (watch != null) watch.wake();
        return started;
    }

    private RunningCommand run(Command command, @Nullable Outputs outputs) {
        starting.incrementAndGet();
        try {
            return launch(command, outputs);
        } finally {
            starting.decrementAndGet();
        }
    }

    private Process start(Command command, String execMark, @Nullable Outputs outputs) {
        try {
            return launcher.start(command, execMark, outputs);
        } catch (RuntimeException | Error e) {
            record.leave(execMark);
            throw e;
        }
    }

    private void forget(RunningCommand ended) {
        running.remove(ended);
        record.leave(ended.execMark());
    }

    private void restore(GroupVerdict lost) {
        try {
            lost.restore();
        } catch (IOException e) {
            throw HostGroups.failed(lost.group().path(), e);
        }
    }

    private void feed(Input input, Process process) {
        if (input instanceof Input.Bytes bytes)
            threads.execute(new InputFeed(bytes.bytes(), process.getOutputStream()));
    }

    private ExecResult report(RunningCommand command, ExecResult result) {
        boolean own = result.status() == Status.LIMIT_EXCEEDED && !command.endedWithSession();
        if (own && !isTold(result)) result.reason().ifPresent(breachReporter);
        return result;
    }

    /** What ended all commands of the session at once is told once. */
    private boolean isTold(ExecResult result) {
        if (group == null || !group.keeps(Kind.MEMORY)) return false;
        boolean memory = result.reason()
                .map(reason -> reason.code().equals(GroupVerdict.MEMORY))
                .orElse(false);
        return memory && !group.claimKill();
    }

    /** What runs in the background may break limits too, and then no command's result tells. */
    private void lookAtGroup() {
        if (group == null) return;
        group.untoldKill().ifPresent(this::breached);
        group.untoldRefusal().ifPresent(breachReporter);
    }

    @Override
    public Usage usage() {
        adoptRunning();
        return meter.measure(family.living());
    }

    @Override
    public void stop() {
        List<ProcessEntry> left = endAll(Ending.cancelled("exec.stopped", "The session was stopped"), GRACE_MILLIS);
        if (!left.isEmpty()) {
            throw new TrailsException(
                    "host.processes-remain",
                    "Processes " + ProcessEntry.pids(left) + " of session " + session.mark()
                            + " do not end although they were killed; see what they wait for (a hung disk?) and stop again");
        }
    }

    private void breached(Reason breach) {
        endAll(Ending.limit(breach), 0);
        breachReporter.accept(breach);
    }

    private List<ProcessEntry> endAll(Ending why, long graceMillis) {
        var claimed = new ArrayList<RunningCommand>();
        for (RunningCommand command : running) {
            if (command.claim(why)) claimed.add(command);
        }
        try {
            adoptRunning();
            return new TreeEnd(table, groups()).end(family::living, graceMillis);
        } finally {
            for (RunningCommand command : claimed) command.claimedTreeEnded();
        }
    }

    private List<ProcessEntry> glance() {
        adoptRunning();
        List<ProcessEntry> living = family.livingAtAGlance();
        meter.see(living);
        return living;
    }

    /** Their environment alone would not tell: a command may have cleared it. */
    private void adoptRunning() {
        for (RunningCommand command : running) {
            if (command.process().isAlive()) family.adopt(command.process().pid());
        }
    }

    @Override
    public void close() {
        if (closed.getAsBoolean()) return;
        closed.set();
        pipes.close();
        if (watch != null) watch.close();
        endRunning();
        exitHook.clear();
        record.close();
    }

    /** Lets no command start any more, and ends those that run or are just being started. */
    void endAtExit() {
        exiting = true;
        endRunning();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_START_MILLIS);
        while (starting.get() > 0 && System.nanoTime() < until) LockSupport.parkNanos(1_000_000);
        endRunning();
        // The JVM must not go while another thread has asked one to end and has still to kill it.
        for (RunningCommand command : running) command.awaitEnding();
    }

    /** Ends the commands that run, with all they started. */
    private void endRunning() {
        var ended = new ArrayList<RunningCommand>();
        var families = new ArrayList<ProcessFamily>();
        for (RunningCommand command : running) {
            if (!command.claim(Ending.cancelled("exec.cancelled", "The session was closed"))) continue;
            ended.add(command);
            families.add(command.family());
        }
        try {
            if (!families.isEmpty()) new TreeEnd(table).end(() -> ProcessFamily.livingIn(families), GRACE_MILLIS);
        } finally {
            for (RunningCommand command : ended) command.claimedTreeEnded();
        }
    }
}
