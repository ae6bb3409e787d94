package io.trails.dagger.internal.sandbox;

import io.trails.TrailsInterruptedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Lets one after the other work on a session's container, in the order they came: each command sees what the one before it left.
 * Thread-safe.
 */
final class Turns {
    private static final long LOOK_MILLIS = 100;

    /** How long what is no command may have the turn until somebody goes on without it. */
    private static final Duration MOMENT = Duration.ofSeconds(30);

    private final Semaphore next = new Semaphore(1, true);
    private volatile @Nullable Commanding commanding;

    /**
     * Works when it is its turn.
     *
     * @param givenUp looked at now and then until that is so
     * @return nothing if it was given up
     */
    <T> Optional<T> take(String doing, BooleanSupplier givenUp, Supplier<T> work) {
        if (!await(doing, givenUp)) return Optional.empty();
        try {
            return Optional.of(work.get());
        } finally {
            next.release();
        }
    }

    /** Works when it is its turn, however long that takes. */
    <T> T take(String doing, Supplier<T> work) {
        return take(doing, () -> false, work).orElseThrow();
    }

    /** Works when it is its turn, unless a command has it: nobody knows for how long. */
    <T> Optional<T> betweenCommands(String doing, Supplier<T> work) {
        long start = System.nanoTime();
        return take(doing, () -> commanding != null || System.nanoTime() - start > MOMENT.toNanos(), work);
    }

    /** Waits until whoever has the turn has done with it, if that is soon. */
    void awaitLast(Duration patience) {
        long start = System.nanoTime();
        try {
            take("waiting for the last command", () -> System.nanoTime() - start > patience.toNanos(), () -> this);
        } catch (TrailsInterruptedException hurried) {
            LoggerFactory.getLogger(Turns.class).debug("Nobody waits for the last command", hurried);
        }
    }

    private boolean await(String doing, BooleanSupplier givenUp) {
        try {
            if (next.tryAcquire()) return true;
            while (!givenUp.getAsBoolean()) {
                if (next.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) return true;
            }
            return false;
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException(doing, e);
        }
    }

    /** In the turn: works as a command does, which others do not wait for. */
    <T> T commanding(Commanding command, Supplier<T> work) {
        commanding = command;
        try {
            return work.get();
        } finally {
            commanding = null;
        }
    }

    /** The command that has the turn. */
    Optional<Commanding> commanding() {
        return Optional.ofNullable(commanding);
    }
}
