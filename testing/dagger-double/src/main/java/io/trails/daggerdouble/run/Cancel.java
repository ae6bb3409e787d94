package io.trails.daggerdouble.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Tells work that nobody waits for it any more. Thread-safe. */
public final class Cancel {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    public void cancel() {
        List<Runnable> due;
        synchronized (actions) {
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Does some work; the action is run if it is cancelled meanwhile or was before. */
    public <T> T during(Supplier<T> work, Runnable action) {
        boolean late;
        synchronized (actions) {
            late = cancelled;
            actions.add(action);
        }
        if (late) {
            action.run();
        }
        try {
            return work.get();
        } finally {
            synchronized (actions) {
                actions.remove(action);
            }
        }
    }

    /** Waits for a result, or fails as soon as it is cancelled. */
    public <T> T await(CompletableFuture<T> result) {
        CompletableFuture<T> ticket = result.copy();
        try {
            return during(
                    ticket::join, () -> ticket.completeExceptionally(new CancellationException("context canceled")));
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    public void check() {
        synchronized (actions) {
            if (cancelled) {
                throw new CancellationException("context canceled");
            }
        }
    }
}
