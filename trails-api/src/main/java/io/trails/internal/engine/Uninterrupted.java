package io.trails.internal.engine;

import io.trails.TrailsInterruptedException;
import io.trails.internal.state.StateDraft;
import io.trails.internal.state.StateStore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Finishes what would be left half done if the calling thread were interrupted meanwhile; its flag is set again. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** The flag is cleared first, so that an interrupt from before does not keep the work from being done. */
    static void run(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    static <T> T update(StateStore state, Function<StateDraft, T> mutation) {
        return write(() -> state.update(mutation));
    }

    /** A write to state or audit log that an interrupt takes back has not happened, so it is tried again. */
    static <T> T write(Supplier<T> write) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return write.get();
                } catch (TrailsInterruptedException takenBack) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
