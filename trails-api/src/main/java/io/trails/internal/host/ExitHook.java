package io.trails.internal.host;

import org.jspecify.annotations.Nullable;

/**
 * Ends the running commands of a place when the JVM exits in order, from {@link #set} to {@link #clear}, and lets it start
 * no more. One that is opened later, by a hook of the host that has work left, stays usable. Thread-safe.
 */
final class ExitHook {
    private final Runnable end;
    private final boolean stays;
    private final Object lock = new Object();
    private @Nullable Thread thread;
    private int commands;
    private boolean over;

    /**
     * A hook that is not set.
     *
     * @param stays set until {@link #clear}; else only while there are commands
     */
    ExitHook(Runnable end, boolean stays) {
        this.end = end;
        this.stays = stays;
    }

    /** For one more command, until {@link #release}. */
    void set(String name) {
        synchronized (lock) {
            commands++;
            if (thread != null || over) return;
            var hook = new Thread(end, name);
            try {
                Runtime.getRuntime().addShutdownHook(hook);
                thread = hook;
            } catch (IllegalStateException exitingAlready) {
                over = true;
            }
        }
    }

    /** A command has ended. */
    void release() {
        synchronized (lock) {
            commands--;
            if (commands == 0 && !stays) remove();
        }
    }

    void clear() {
        synchronized (lock) {
            if (over) return;
            over = true;
            remove();
        }
    }

    private void remove() {
        if (thread == null) return;
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
            thread = null;
        } catch (IllegalStateException exitingAlready) {
            // It runs or has run.
            over = true;
        }
    }
}
