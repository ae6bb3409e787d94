package io.trails.internal.host;

import org.jspecify.annotations.Nullable;

/**
 * Ends the running commands of a sandbox when the JVM exits in order, from {@link #set} to {@link #clear}. The sandbox stays
 * usable, for hooks of the host that have work left. Thread-safe.
 */
final class ExitHook implements Runnable {
    private final HostSandbox sandbox;
    private final Object lock = new Object();
    private @Nullable Thread thread;
    private boolean over;

    ExitHook(HostSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public void run() {
        sandbox.endAtExit();
    }

    void set(String name) {
        synchronized (lock) {
            if (thread != null || over) return;
            thread = new Thread(this, name);
            try {
                Runtime.getRuntime().addShutdownHook(thread);
            } catch (IllegalStateException exitingAlready) {
                over = true;
            }
        }
    }

    void clear() {
        synchronized (lock) {
            if (thread == null || over) return;
            over = true;
            try {
                Runtime.getRuntime().removeShutdownHook(thread);
            } catch (IllegalStateException exitingAlready) {
                // It runs or has run.
                return;
            }
        }
    }
}
