package io.trails.bench;

import io.trails.Trails;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens sessions named {@code s-0}, {@code s-1} and so on. */
final class ManySessions {
    private ManySessions() {}

    static void open(Trails trails, int count) {
        for (int i = 0; i < count; i++) trails.open(OpenSession.spec(name(i)));
    }

    /** The same by several threads at once; which of them opens which is left to chance. */
    static void openAtOnce(Trails trails, int count, int threads) throws InterruptedException {
        atOnce(count, threads, number -> trails.open(OpenSession.spec(name(number))));
    }

    /** Something that is done with a number. */
    interface Numbered {
        void take(int number) throws IOException;
    }

    /** Does something with each of the numbers from 0 on, by several threads. */
    static void atOnce(int count, int threads, Numbered step) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            var next = new AtomicInteger();
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> {
                    for (int n; (n = next.getAndIncrement()) < count; ) step.take(n);
                    return null;
                }));
            }
            for (Future<?> worker : workers) worker.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("One of " + count + " failed", failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    static String name(int number) {
        return "s-" + number;
    }
}
