package io.trails.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Checks that know nothing of one another and mostly wait for other processes, a few at a time. */
final class SeveralAtOnce {
    private static final int AT_ONCE = 3;
    private static final long LONGEST_MINUTES = 20;

    private SeveralAtOnce() {}

    /** Fails as the first of them fails that failed, once all are over. */
    static void check(List<? extends Callable<Void>> checks) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, work -> new Thread(work, "trails-it-check"));
        List<Throwable> failures = new ArrayList<>();
        try {
            for (Future<Void> check : threads.invokeAll(checks, LONGEST_MINUTES, TimeUnit.MINUTES)) {
                try {
                    check.get();
                } catch (ExecutionException failed) {
                    failures.add(failed.getCause());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        } finally {
            threads.shutdownNow();
        }
        if (failures.isEmpty()) return;
        var all = new AssertionError(failures.get(0).getMessage(), failures.get(0));
        failures.stream().skip(1).forEach(all::addSuppressed);
        throw all;
    }
}
