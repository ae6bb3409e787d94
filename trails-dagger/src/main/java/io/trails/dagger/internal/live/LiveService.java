package io.trails.dagger.internal.live;

/** What a program runs in. Thread-safe. */
interface LiveService {
    /** Whether the engine is known to be gone. */
    boolean isLost();

    /**
     * Ends what is left of it, and waits.
     *
     * @return whether the engine is still there
     */
    boolean stop();
}
