package io.trails.dagger.internal.connection;

import java.time.Duration;

/** What is left of a time. */
record Countdown(long end) {
    static Countdown of(Duration time) {
        return new Countdown(System.nanoTime() + time.toNanos());
    }

    /** Never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
