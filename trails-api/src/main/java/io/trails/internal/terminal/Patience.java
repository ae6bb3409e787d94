package io.trails.internal.terminal;

import io.trails.TrailsInterruptedException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Looking again and again until something happens or a deadline passes: often at first, less often while nothing does. A
 * look costs a few microseconds, a thread that is woken by the file system costs more and exists on some systems only.
 * Single-threaded.
 */
public final class Patience {
    private static final long SHORTEST_NANOS = 250_000;
    private static final long LONGEST_NANOS = 20_000_000;

    private final long deadline;
    private long pause = SHORTEST_NANOS;

    private Patience(long nanos) {
        deadline = System.nanoTime() + nanos;
    }

    public static Patience of(Duration time) {
        // More than a century would overflow the clock.
        return new Patience(time.toDays() > 36_500 ? Long.MAX_VALUE / 2 : time.toNanos());
    }

    public boolean over() {
        return leftNanos() <= 0;
    }

    private long leftNanos() {
        return deadline - System.nanoTime();
    }

    public Duration left() {
        return Duration.ofNanos(Math.max(0, leftNanos()));
    }

    /** Something happened: more may follow soon. */
    public void encouraged() {
        pause = SHORTEST_NANOS;
    }

    /** Waits a little, but not past the deadline. */
    public void pause(String doing) {
        pause(doing, 0);
    }

    /** The same, for looks that cost so much that they should not follow each other at once. */
    public void pause(String doing, long atLeastNanos) {
        if (Thread.interrupted()) throw new TrailsInterruptedException(doing, new InterruptedException());
        LockSupport.parkNanos(Math.max(1, Math.min(Math.max(pause, atLeastNanos), leftNanos())));
        pause = Math.min(LONGEST_NANOS, pause * 2);
    }
}
