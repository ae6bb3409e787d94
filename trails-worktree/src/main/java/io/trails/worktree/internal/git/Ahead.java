package io.trails.worktree.internal.git;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A question to git that is asked while the caller does something else, on a thread of its own. Closing it ends it. For one
 * caller.
 *
 * @param <T> the answer
 */
public final class Ahead<T> implements AutoCloseable {
    /** Longer than any command may take. */
    private static final Duration LIMIT = Duration.ofMinutes(35);

    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final FutureTask<T> question;
    private final Thread thread;

    private Ahead(FutureTask<T> question, Thread thread) {
        this.question = question;
        this.thread = thread;
    }

    public static <T> Ahead<T> ask(Callable<T> question) {
        var task = new FutureTask<T>(question);
        return new Ahead<>(task, Threads.start("trails-git-ahead", task));
    }

    /**
     * Waits for the answer.
     *
     * @throws RuntimeException what the question threw
     */
    public T get() {
        try {
            return question.get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) throw known;
            throw new TrailsException("worktree.git-failed", "git could not be asked: " + failed.getCause(), failed);
        } catch (TimeoutException late) {
            throw new TrailsException("worktree.git-timeout", "git did not answer in time", late);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for an answer of git", e);
        }
    }

    /** Nothing of it runs on afterwards. An interrupt of the caller waits. */
    @Override
    public void close() {
        if (question.isDone()) return;
        boolean interrupted = Thread.interrupted();
        try {
            thread.interrupt();
            thread.join(END_LIMIT.toMillis());
        } catch (InterruptedException again) {
            interrupted = true;
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
