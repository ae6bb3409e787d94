package io.trails.worktree.internal.merge;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A task that runs beside its caller, and ends with it at the latest. For one caller. */
final class Aside<T> implements AutoCloseable {
    /** Beyond what git is given for anything. */
    private static final Duration LIMIT = Duration.ofHours(1);

    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final FutureTask<T> task;
    private final Thread thread;

    private Aside(String name, Supplier<T> work) {
        task = new FutureTask<>(work::get);
        thread = new Thread(task, name);
        thread.setDaemon(true);
    }

    static <T> Aside<T> start(String name, Supplier<T> work) {
        var aside = new Aside<T>(name, work);
        aside.thread.start();
        return aside;
    }

    /** What came of it; what it threw is thrown here. */
    T await() {
        try {
            return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failed) throw failed;
            if (e.getCause() instanceof Error failed) throw failed;
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for " + thread.getName(), e);
        } catch (TimeoutException e) {
            throw new TrailsException("worktree.git-timeout", thread.getName() + " did not end; try again", e);
        }
    }

    /** What is not needed any more is ended before the files it works with are deleted. */
    @Override
    public void close() {
        task.cancel(true);
        try {
            thread.join(END_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
