package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.function.Supplier;

/** Lets work on files be finished whose thread was interrupted before, as the system's calls for files would fail then. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** What can be done again from its beginning. */
    interface Step {
        void run() throws IOException;
    }

    /** Does it again where an interrupt closed a channel on the way. The interrupt is kept for whoever waits next. */
    static void run(Step step) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    step.run();
                    return;
                } catch (ClosedByInterruptException interrupt) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** The interrupt is kept for whoever waits next. */
    static <T> T get(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
