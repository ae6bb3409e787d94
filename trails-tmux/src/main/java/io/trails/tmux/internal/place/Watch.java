package io.trails.tmux.internal.place;

import java.time.Duration;

/**
 * Tells when something changed in a directory. To miss nothing: take {@link #ticks()}, look, and only then wait for more
 * than those. Thread-safe.
 */
public interface Watch extends AutoCloseable {
    /** A number that grows with every change. */
    long ticks();

    /**
     * Waits for a change.
     *
     * @param seen what {@link #ticks()} said before the last look
     * @param atMost how long; it may return earlier without a change where changes cannot be told
     * @throws io.trails.TrailsInterruptedException if the thread is interrupted
     */
    void await(long seen, Duration atMost);

    @Override
    void close();
}
