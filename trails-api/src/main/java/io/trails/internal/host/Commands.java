package io.trails.internal.host;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Input;
import io.trails.Limits;
import io.trails.Output;
import io.trails.TrailsInterruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Runs the commands of one place, and ends those that run when it closes or this JVM exits. Thread-safe. */
final class Commands implements AutoCloseable {
    private static final long GRACE_MILLIS = 1_000;
    private static final long LONGEST_START_MILLIS = 5_000;

    private final String name;
    private final Launcher launcher;
    private final ProcessTable table;
    private final Limits limits;
    private final Place place;
    private final CommandRecord record;
    private final Executor threads;
    private final Set<RunningCommand> running = ConcurrentHashMap.newKeySet();
    private final ExitHook exitHook;
    private final String execMarks;
    private final AtomicLong starting = new AtomicLong();
    private final AtomicLong execCount = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean exiting;

    /** What a place does about each command. */
    interface Place {
        /** Before a command starts, which an exception prevents. */
        LimitVerdict starting();

        void started();

        /** The result that the caller gets. */
        ExecResult ended(RunningCommand command, ExecResult result);
    }

    /**
     * No commands yet.
     *
     * @param name of the place, where threads are listed and in marks
     * @param closes whether the place is closed some day; else nothing of it stays while no command runs
     */
    Commands(
            String name,
            boolean closes,
            Launcher launcher,
            ProcessTable table,
            Limits limits,
            Place place,
            CommandRecord record,
            Executor threads) {
        this.name = name;
        this.launcher = launcher;
        this.table = table;
        this.limits = limits;
        this.place = place;
        this.record = record;
        this.threads = threads;
        exitHook = new ExitHook(this::endAtExit, closes);
        execMarks = name + "-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + "-";
    }

    ExecResult exec(Command command) {
        try (var outputs = Outputs.open(command.capture())) {
            RunningCommand started = run(command, outputs);
            try {
                feed(command.stdin(), started.process());
                started.await();
                outputs.await(started, table);
                return place.ended(started, started.result(outputs.stdout(), outputs.stderr()));
            } catch (InterruptedException e) {
                started.end(Ending.cancelled("exec.cancelled", "The calling thread was interrupted"));
                throw new TrailsInterruptedException(
                        "running '" + command.argv().get(0) + "'; it was ended", e);
            } finally {
                forget(started);
            }
        }
    }

    Execution start(Command command) {
        RunningCommand started = run(command, null);
        feed(command.stdin(), started.process());
        var execution = new HostExecution(started, !(command.stdin() instanceof Input.None));
        threads.execute(() -> execution.awaitEnd(ended -> {
            forget(ended);
            return place.ended(ended, ended.result(Output.empty(), Output.empty()));
        }));
        return execution;
    }

    /** Those that run now. */
    List<RunningCommand> running() {
        return List.copyOf(running);
    }

    private RunningCommand run(Command command, @Nullable Outputs outputs) {
        starting.incrementAndGet();
        try {
            return launch(command, outputs);
        } finally {
            starting.decrementAndGet();
        }
    }

    private RunningCommand launch(Command command, @Nullable Outputs outputs) {
        if (closed) throw new IllegalStateException("The sandbox is closed; open the session again");
        // Whoever goes on starting commands would outrun the hook, and nobody would end the last ones.
        if (exiting) throw new IllegalStateException("This JVM is ending; nobody would end the command");
        exitHook.set("trails-exit-" + name);
        String execMark = execMarks + execCount.incrementAndGet();
        Deadline deadline = Deadline.of(command, limits);
        RunningCommand started;
        try {
            LimitVerdict verdict = place.starting();
            record.enter(execMark);
            Process process = launcher.start(command, execMark, outputs);
            record.started(execMark, process.pid());
            started = new RunningCommand(process, execMark, table, deadline, verdict);
        } catch (RuntimeException | Error e) {
            record.leave(execMark);
            exitHook.release();
            throw e;
        }
        running.add(started);
        // It was not yet among those that a close on another thread, or the exit of this JVM, ended.
        if (closed || exiting) started.end(Ending.cancelled("exec.cancelled", "The session was closed"));
        place.started();
        return started;
    }

    private void forget(RunningCommand ended) {
        running.remove(ended);
        record.leave(ended.execMark());
        exitHook.release();
    }

    private void feed(Input input, Process process) {
        if (input instanceof Input.Bytes bytes)
            threads.execute(new InputFeed(bytes.bytes(), process.getOutputStream()));
    }

    /** Lets no command start any more, and ends those that run. */
    @Override
    public void close() {
        closed = true;
        endRunning();
        exitHook.clear();
        record.close();
    }

    /** Lets no command start any more, and ends those that run or are just being started. */
    private void endAtExit() {
        exiting = true;
        endRunning();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_START_MILLIS);
        while (starting.get() > 0 && System.nanoTime() < until) LockSupport.parkNanos(1_000_000);
        endRunning();
        // The JVM must not go while another thread has asked one to end and has still to kill it.
        for (RunningCommand command : running) command.awaitEnding();
    }

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
