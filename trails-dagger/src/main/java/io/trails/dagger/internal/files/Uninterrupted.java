package io.trails.dagger.internal.files;

import java.util.function.Supplier;

/** Lets work on files be finished whose thread was interrupted before, as the system's calls for files would fail then. */
final class Uninterrupted {
    private Uninterrupted() {}

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
