package io.trails.tmux.internal.terminal;

import io.trails.TrailsInterruptedException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A deadline, and growing pauses for what nothing tells of. Single-threaded. */
final class Patience {
    private static final long SHORTEST_NANOS = 250_000;
    private static final long LONGEST_NANOS = 10_000_000;

    private final long deadline;
    private long pause = SHORTEST_NANOS;

    private Patience(long nanos) {
        deadline = System.nanoTime() + nanos;
    }

    static Patience of(Duration time) {
        // More than a century would overflow the clock.
        return new Patience(time.toDays() > 36_500 ? Long.MAX_VALUE / 2 : time.toNanos());
    }

    boolean over() {
        return deadline - System.nanoTime() <= 0;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** What is left, but no more than that. */
    Duration leftAtMost(Duration most) {
        Duration left = left();
        return left.compareTo(most) < 0 ? left : most;
    }

    /** Waits that long, but not past the deadline. */
    void rest(Duration time, String doing) {
        if (Thread.interrupted()) throw new TrailsInterruptedException(doing, new InterruptedException());
        LockSupport.parkNanos(Math.max(1, Math.min(time.toNanos(), deadline - System.nanoTime())));
    }

    /** Waits a little, but not past the deadline. */
    void pause(String doing) {
        if (Thread.interrupted()) throw new TrailsInterruptedException(doing, new InterruptedException());
        LockSupport.parkNanos(Math.max(1, Math.min(pause, deadline - System.nanoTime())));
        pause = Math.min(LONGEST_NANOS, pause * 2);
    }
}
