package io.trails.dagger.internal.sandbox;

import io.trails.TrailsInterruptedException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets one after the other work on a session's container, in the order they came: each command sees what the one before it left.
 * Thread-safe.
 */
final class Turns {
    private static final long LOOK_MILLIS = 100;

    private final Semaphore next = new Semaphore(1, true);

    /**
     * Waits for the turn, unless the wait is given up.
     *
     * @param givenUp looked at now and then
     * @return false if it was given up
     */
    boolean await(String doing, BooleanSupplier givenUp) {
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

    /** Ends the turn that was waited for. */
    void pass() {
        next.release();
    }
}
