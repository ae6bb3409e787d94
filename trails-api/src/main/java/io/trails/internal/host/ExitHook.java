package io.trails.internal.host;

import org.jspecify.annotations.Nullable;

/**
 * Ends the running commands of a sandbox when the JVM exits in order, from {@link #set} to {@link #clear}. The sandbox then
 * starts no more. Thread-safe.
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

    /** Whether it will end what starts from now on, which is too late once the JVM is exiting. */
    boolean set(String name) {
        synchronized (lock) {
            if (thread != null || over) return true;
            var hook = new Thread(this, name);
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException exitingAlready) {
                return false;
            }
            thread = hook;
            return true;
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
