package io.trails.tck;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits with a deadline. */
final class Patience {
    /** How many seconds a test waits for what should happen, for machines that are slower than most. */
    static final String PROPERTY = "trails.tck.patience";

    private static final long SECONDS = 30;

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Patience() {}

    static Duration limit() {
        return Duration.ofSeconds(Long.getLong(PROPERTY, SECONDS));
    }

    /** Waits until it is so; fails with the description if it is not in time. */
    static void until(String description, BooleanSupplier condition) {
        if (!within(limit(), condition)) throw new AssertionError("Not within " + limit() + ": " + description);
    }

    static boolean within(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) return false;
            LockSupport.parkNanos(STEP_NANOS);
        }
        return true;
    }

    /** Runs the task on a thread of its own; fails with the description if it does not come back in time. */
    static <T> T call(String description, Duration limit, Callable<T> task) throws Exception {
        var future = new FutureTask<>(task);
        Thread thread = start(future);
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new AssertionError("Not back within " + limit + ": " + description, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) throw cause;
            if (e.getCause() instanceof Error cause) throw cause;
            throw e;
        }
    }

    static Thread start(Runnable task) {
        var thread = new Thread(task, "trails-tck");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
