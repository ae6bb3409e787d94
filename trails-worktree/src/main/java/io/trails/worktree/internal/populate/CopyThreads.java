package io.trails.worktree.internal.populate;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** As many threads as there are cores, for the time of one population. None of them works on once it is closed. */
final class CopyThreads implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    private final ExecutorService threads;
    private final long deadline = System.nanoTime() + LIMIT.toNanos();

    CopyThreads(int count) {
        var number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(count, task -> {
            var thread = new Thread(task, "trails-populate-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    <T> Future<T> start(Callable<T> task) {
        return threads.submit(task);
    }

    <T> T await(Future<T> task) throws ExecutionException {
        try {
            return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for files to be copied", e);
        } catch (TimeoutException e) {
            throw new TrailsException(
                    "worktree.unwritable", "Files were copied for " + LIMIT.toMinutes() + " min and it did not end", e);
        }
    }

    /** What is under way is interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(END_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TrailsException("worktree.unwritable", "A file system does not answer; a copy goes on");
            }
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for copies to end", e);
        }
    }
}
