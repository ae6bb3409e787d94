package io.trails.dagger.internal.live;

import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Execution;
import io.trails.Output;
import io.trails.Reason;
import io.trails.Signal;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A program in a service of its own, whose bridge called. One thread listens to the bridge and ends with the service. Thread-safe,
 * except that each stream belongs to one thread at a time.
 */
final class LiveProgram implements Execution {
    private static final long LOOK_MILLIS = 500;
    private static final long READ_MILLIS = 100;
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final Duration CLOSE = Duration.ofMinutes(1);

    private final String name;
    private final LiveBounds bounds;
    private final LiveService service;
    private final BridgeCalls calls;
    private final Runnable whenGone;
    private final Control control;
    private final LiveInput stdout;
    private final LiveInput stderr;
    private final OutputStream stdin;
    private final long startedAt = System.nanoTime();
    private final CompletableFuture<Event.Started> started = new CompletableFuture<>();
    private final CompletableFuture<ExecResult> exit = new CompletableFuture<>();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final AtomicLong endingSince = new AtomicLong();
    private final UsageQuestions questions = new UsageQuestions();

    LiveProgram(String name, LiveCommand command, LiveService service, BridgeCalls calls, Runnable whenGone)
            throws IOException {
        this.name = name;
        this.bounds = command.bounds();
        this.service = service;
        this.calls = calls;
        this.whenGone = whenGone;
        control = new Control(calls.control());
        stdout = calls.out();
        stderr = calls.err();
        stdin = GivenInput.feed(name, command.stdin(), calls.in());
    }

    /** Listens until the bridge says no more, and the service is gone. Runs on a thread of its own. */
    void listen(EventLines lines) {
        try (lines) {
            while (!lines.isOver() && !isToGiveUp()) {
                for (Event event : lines.await(patience())) hear(event);
                lookAround();
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(LiveProgram.class).debug("The connection of {} did not close", name, e);
        } catch (RuntimeException | Error e) {
            exit.completeExceptionally(e);
            throw e;
        } finally {
            wayOut();
        }
    }

    void hear(Event event) {
        if (event instanceof Event.Started now) {
            if (started.complete(now)) control.running(now.program());
        } else if (event instanceof Event.Exited end) {
            exited(end.code());
        } else if (event instanceof Event.Listed process) {
            questions.add(process);
        } else if (event instanceof Event.Told told && started.isDone()) {
            questions.answer(told, started.join());
        }
    }

    private void exited(int code) {
        control.ended();
        closeQuietly(calls.in());
        calls.outCaller().ifPresent(control::drain);
        calls.errCaller().ifPresent(control::drain);
        if (ending.get() != null) return;
        Duration elapsed = elapsed();
        Optional<Reason> broken = bounds.verdict().of(code, elapsed);
        exit.complete(
                broken.isPresent()
                        ? result(Status.LIMIT_EXCEEDED, -1, broken)
                        : result(Status.EXITED, code, Optional.empty()));
    }

    /** What nobody tells: that time has passed, that somebody wants the end, that the engine is gone. */
    private void lookAround() {
        if (exit.isDone()) {
            if (stdout.isSilent(SILENT_NANOS)) stdout.finish();
            if (stderr.isSilent(SILENT_NANOS)) stderr.finish();
            if (stdout.isOver() && stderr.isOver()) control.end();
        } else {
            bounds.deadline()
                    .filter(deadline -> elapsed().compareTo(deadline.after()) >= 0)
                    .ifPresent(deadline -> end(new Ending(deadline.status(), deadline.reason())));
            if (bounds.isToStop().getAsBoolean()) {
                end(Ending.cancelled(Reason.of("exec.stopped", "The session was stopped")));
            }
        }
    }

    private long patience() {
        // Nobody tells that the output has been read to its end, and whoever closes waits for that.
        if (exit.isDone()) return READ_MILLIS;
        if (bounds.deadline().isEmpty()) return LOOK_MILLIS;
        long left = bounds.deadline().get().after().minus(elapsed()).toMillis();
        return Math.min(LOOK_MILLIS, Math.max(1, left));
    }

    private boolean isToGiveUp() {
        return service.isLost() || (ending.get() != null && System.nanoTime() - endingSince.get() > END_NANOS);
    }

    /** Whatever goes wrong on it, others wait for its end. */
    private void wayOut() {
        try {
            finish();
        } catch (RuntimeException | Error e) {
            exit.completeExceptionally(e);
            throw e;
        } finally {
            gone.countDown();
            whenGone.run();
        }
    }

    private void finish() {
        control.end();
        boolean lost = !exit.isDone() && ending.get() == null;
        boolean engineLost = !service.stop();
        if (lost) ending.compareAndSet(null, Ending.cancelled(lossOf(engineLost)));
        Ending why = ending.get();
        if (why != null) exit.complete(result(why.status(), -1, Optional.of(why.reason())));
        closeQuietly(calls.in());
        started.completeExceptionally(new TrailsException("dagger.program-unheard", "The program ended as it started"));
        questions.close();
        // A connection whose other end still stands would keep its reader waiting.
        if (engineLost) {
            stdout.finish();
            stderr.finish();
        }
    }

    private static Reason lossOf(boolean engineLost) {
        return engineLost
                ? Reason.of(
                        "dagger.engine-lost",
                        "The engine is gone that ran the program, and the program with it",
                        "start it again")
                : Reason.of(
                        "dagger.program-lost",
                        "The container of the program ended without a word, as it does when the engine runs out of memory",
                        "look at the engine's memory, and start it again");
    }

    private ExecResult result(Status status, int code, Optional<Reason> reason) {
        return new ExecResult(status, code, Output.empty(), Output.empty(), elapsed(), reason);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Completes when it runs. */
    CompletableFuture<Event.Started> started() {
        return started;
    }

    /** Ends it, if it still runs, without waiting for it. */
    void end(Ending why) {
        if (!exit.isDone() && ending.compareAndSet(null, why)) endingSince.set(System.nanoTime());
        control.end();
    }

    boolean isGone() {
        return gone.getCount() == 0;
    }

    /** Whether it is gone by then. */
    boolean awaitGone(Duration patience) {
        try {
            return gone.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for a program in a container to end", e);
        }
    }

    /** What it uses now; nothing if it does not say so in time. */
    LiveUsage usage(Duration patience) {
        if (!started.isDone() || exit.isDone()) return LiveUsage.NONE;
        return questions.ask(control, patience);
    }

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public CompletableFuture<ExecResult> onExit() {
        return exit.copy();
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    /** The host does not see it. */
    @Override
    public OptionalLong pid() {
        return OptionalLong.empty();
    }

    @Override
    public void signal(Signal signal) {
        Objects.requireNonNull(signal, "signal");
        if (exit.isDone() || !started.isDone() || started.isCompletedExceptionally()) return;
        control.signal(signal, started.join().program());
    }

    @Override
    public void close() {
        end(Ending.cancelled(Reason.of("exec.cancelled", "The caller closed it")));
        closeQuietly(calls.in());
        closeQuietly(stdout);
        closeQuietly(stderr);
        if (awaitGone(CLOSE)) return;
        LoggerFactory.getLogger(LiveProgram.class).warn("The service of {} is still being ended", name);
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(LiveProgram.class).debug("A connection of an ended program did not close", e);
        }
    }

    @Override
    public String toString() {
        return "LiveProgram[" + name + "]";
    }
}
