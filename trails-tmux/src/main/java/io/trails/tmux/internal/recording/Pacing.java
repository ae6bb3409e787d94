package io.trails.tmux.internal.recording;

/** How time passes while a recording is played. */
interface Pacing {
    /** The time now, in nanoseconds from anywhere. */
    long now();

    /** Lets some time pass, or less. */
    void pause(long nanos) throws InterruptedException;
}
