package io.trails.internal.host;

import org.jspecify.annotations.Nullable;

/**
 * Ends the running commands of a sandbox when the JVM exits in order, from {@link #set} to {@link #clear}, and lets it start
 * no more. One that is opened later, by a hook of the host that has work left, stays usable. Thread-safe.
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
            var hook = new Thread(this, name);
            try {
                Runtime.getRuntime().addShutdownHook(hook);
                thread = hook;
            } catch (IllegalStateException exitingAlready) {
                over = true;
            }
        }
    }

    void clear() {
        synchronized (lock) {
            if (over) return;
            over = true;
            if (thread == null) return;
            try {
                Runtime.getRuntime().removeShutdownHook(thread);
            } catch (IllegalStateException exitingAlready) {
                // It runs or has run.
                return;
            }
        }
    }
}
