package io.trails.internal.host;

import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Output;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A command between its start and its end, with everything it started. Thread-safe. */
final class RunningCommand {
    private static final long GRACE_MILLIS = 1_000;
    private static final long LONGEST_END_SECONDS = 30;

    private final Process process;
    private final String execMark;
    private final ProcessTable table;
    private final Deadline deadline;
    private final LimitVerdict verdict;
    private final long started = System.nanoTime();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final CountDownLatch treeEnded = new CountDownLatch(1);
    private volatile boolean claimed;

    RunningCommand(Process process, String execMark, ProcessTable table, Deadline deadline, LimitVerdict verdict) {
        this.process = process;
        this.execMark = execMark;
        this.table = table;
        this.deadline = deadline;
        this.verdict = verdict;
    }

    String execMark() {
        return execMark;
    }

    Process process() {
        return process;
    }

    /** Waits until it has ended by itself or was ended, with all it started, by its deadline or somebody else. */
    void await() throws InterruptedException {
        if (!deadline.isSet()) {
            process.waitFor();
        } else if (!process.waitFor(deadline.remainingNanos(started), TimeUnit.NANOSECONDS)) {
            end(deadline.ending());
        }
        if (ending.get() != null && !treeEnded.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
            LoggerFactory.getLogger(RunningCommand.class).warn("Command {} is still being ended", process.pid());
        }
    }

    /** Notes why it ends, for a caller that ends all processes of the session itself and then says so. */
    boolean claim(Ending why) {
        if (!process.isAlive() || !ending.compareAndSet(null, why)) return false;
        claimed = true;
        return true;
    }

    void claimedTreeEnded() {
        treeEnded.countDown();
    }

    /** Ends it with all it started and returns when they are gone; does nothing if it has ended. */
    void end(Ending why) {
        if (!process.isAlive()) return;
        if (!ending.compareAndSet(null, why)) {
            awaitTreeEnd();
            return;
        }
        try {
            endTree();
        } finally {
            treeEnded.countDown();
        }
    }

    /** Waits, if somebody is ending it, until that is done. */
    void awaitEnding() {
        if (ending.get() != null) awaitTreeEnd();
    }

    /** Somebody else is at it. */
    private void awaitTreeEnd() {
        try {
            if (!treeEnded.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                LoggerFactory.getLogger(RunningCommand.class).warn("Command {} is still being ended", process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endTree() {
        List<ProcessEntry> left = new TreeEnd(table).end(family()::living, GRACE_MILLIS);
        if (!left.isEmpty()) {
            LoggerFactory.getLogger(RunningCommand.class).warn("Processes that do not end when killed: {}", left);
        }
    }

    /** What it started and itself, as long as they live. */
    ProcessFamily family() {
        var family = new ProcessFamily(table, Marks.EXEC, execMark);
        if (process.isAlive()) family.adopt(process.pid());
        return family;
    }

    /** How it ended; if the kernel ended one of its processes for a limit, the others end here. */
    ExecResult result(Output stdout, Output stderr) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
        Ending why = ending.get();
        if (why == null) {
            // One that was killed here may still wait to be reaped, and has no exit value yet.
            int exitCode = process.exitValue();
            Optional<Ending> byKernel = verdict.of(exitCode, elapsed);
            if (byKernel.isEmpty()) {
                return new ExecResult(Status.EXITED, exitCode, stdout, stderr, elapsed, Optional.empty());
            }
            why = byKernel.get();
            endTree();
        }
        return new ExecResult(why.status(), -1, stdout, stderr, elapsed, Optional.of(why.reason()));
    }

    /** Whether it was ended together with the rest of the session, by somebody who reports that himself. */
    boolean endedWithSession() {
        return claimed;
    }
}
