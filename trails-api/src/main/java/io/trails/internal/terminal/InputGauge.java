package io.trails.internal.terminal;

import java.util.Optional;

/** A terminal that can tell whether the program has read what was typed. */
public interface InputGauge {
    /** Begins to watch the program's input, or empty where nobody can see it or the program has ended. */
    Optional<Reading> gauge();

    /** What waits in the input. It keeps the input alive, so that it also tells what an ended program left unread. */
    interface Reading extends AutoCloseable {
        /** How many bytes the program has not read. */
        long unread();

        @Override
        void close();
    }
}
