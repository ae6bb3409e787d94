package io.trails.internal.engine;

import io.trails.internal.providers.Fatal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Lets go of many sessions at the same time: each may have to wait for programs that do not want to end. */
final class Detaching {
    private static final int MOST_THREADS = 64;
    /** Longer than a sandbox takes to kill what resists, so that only one that hangs is left behind. */
    private static final long PATIENCE_SECONDS = 20;

    private Detaching() {}

    /** Returns when all are let go of, or after a bounded time. An interrupt does not shorten it; the flag is set again. */
    static void all(Collection<DefaultSession> sessions) {
        Queue<DefaultSession> waiting = new ConcurrentLinkedQueue<>(sessions);
        List<Thread> threads = new ArrayList<>();
        for (int i = Math.min(waiting.size(), MOST_THREADS); i > 0; i--) {
            var thread = new Thread(() -> detach(waiting), "trails-close-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        await(threads);
    }

    private static void detach(Queue<DefaultSession> waiting) {
        for (DefaultSession session = waiting.poll(); session != null; session = waiting.poll()) {
            try {
                session.detach();
            } catch (Throwable failed) {
                Fatal.rethrow(failed);
                // A provider is a guest: one that cannot let go keeps nobody else from it.
                LoggerFactory.getLogger(Detaching.class).warn("A provider failed to let go of a session", failed);
            }
        }
    }

    private static void await(List<Thread> threads) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    LoggerFactory.getLogger(Detaching.class)
                            .warn("Sessions are still being let go of after {} s", PATIENCE_SECONDS);
                    restore(interrupted);
                    return;
                }
                try {
                    thread.join(left);
                } catch (InterruptedException interrupt) {
                    interrupted = true;
                }
            }
        }
        restore(interrupted);
    }

    private static void restore(boolean interrupted) {
        if (interrupted) Thread.currentThread().interrupt();
    }
}
