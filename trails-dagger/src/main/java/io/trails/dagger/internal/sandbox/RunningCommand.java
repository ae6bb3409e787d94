package io.trails.dagger.internal.sandbox;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A command that waits for its turn or runs, and can be ended from another thread. Thread-safe. */
final class RunningCommand {
    private final Object lock = new Object();
    private @Nullable Ending ending;
    private @Nullable Future<?> exchange;

    /** Ends it, unless something else has. */
    void end(Ending why) {
        Future<?> running;
        synchronized (lock) {
            if (ending != null) return;
            ending = why;
            running = exchange;
        }
        if (running != null) running.cancel(true);
    }

    /** What ended it, if something has. */
    @Nullable
    Ending ending() {
        synchronized (lock) {
            return ending;
        }
    }

    boolean isEnded() {
        return ending() != null;
    }

    /** It runs now: ending it aborts that exchange, at once if it has been ended already. */
    void runs(Future<?> now) {
        boolean late;
        synchronized (lock) {
            exchange = now;
            late = ending != null;
        }
        if (late) now.cancel(true);
    }
}
