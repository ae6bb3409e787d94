package io.trails.daggerdouble.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

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

    /** Runs an action when cancelled, at once if that was before; the handle takes the action back. */
    public Registration onCancel(Runnable action) {
        synchronized (actions) {
            if (!cancelled) {
                actions.add(action);
                return () -> {
                    synchronized (actions) {
                        actions.remove(action);
                    }
                };
            }
        }
        action.run();
        return () -> {};
    }

    public void check() {
        synchronized (actions) {
            if (cancelled) {
                throw new CancellationException("context canceled");
            }
        }
    }

    /** An action that waits for a cancellation. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
