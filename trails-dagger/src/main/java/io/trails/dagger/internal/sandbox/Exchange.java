package io.trails.dagger.internal.sandbox;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.Leaf;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks on behalf of a command that can be ended meanwhile: by its caller's interrupt, by another thread, by another JVM, or because
 * its time is over by far. Single-threaded.
 */
final class Exchange {
    private static final long LOOK_MILLIS = 100;

    private final RunningCommand command;
    private final BooleanSupplier toStop;
    private final long start = System.nanoTime();
    private final long longestNanos;
    private final Ending whenOver;

    /**
     * Asks.
     *
     * @param toStop whether another JVM asked for the command's end
     * @param longest after which it is given up
     * @param whenOver what that means
     */
    Exchange(RunningCommand command, BooleanSupplier toStop, Duration longest, Ending whenOver) {
        this.command = command;
        this.toStop = toStop;
        longestNanos = nanos(longest);
        this.whenOver = whenOver;
    }

    private static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException centuries) {
            return Long.MAX_VALUE;
        }
    }

    /** What ended the command from outside. */
    static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Ending ending;

        EndedException(Ending ending) {
            super(ending.reason().message(), null, false, false);
            this.ending = ending;
        }

        Ending ending() {
            return ending;
        }
    }

    /** The answers, or what the engine failed with. */
    Answers ask(EngineConnection engine, Leaf<?>... leaves) {
        CompletableFuture<Answers> answers = engine.send(leaves);
        command.runs(answers);
        try {
            while (true) {
                try {
                    return answers.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    look();
                }
            }
        } catch (InterruptedException e) {
            answers.cancel(true);
            throw new TrailsInterruptedException("running a command in a container", e);
        } catch (CancellationException e) {
            Ending ending = command.ending();
            throw ending == null ? e : new EndedException(ending);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private void look() {
        if (toStop.getAsBoolean()) command.end(Ending.stopped());
        if (System.nanoTime() - start >= longestNanos) command.end(whenOver);
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException known) return known;
        if (cause instanceof Error fatal) throw fatal;
        return new TrailsException("dagger.request-failed", "The engine did not answer; try again", unknown(cause));
    }

    private static Throwable unknown(@Nullable Throwable cause) {
        return cause == null ? new IllegalStateException("nobody says why") : cause;
    }
}
