package io.trails.internal.terminal;

import io.trails.TerminalCapability;
import java.util.OptionalLong;
import java.util.Set;

/** The program in a terminal, however it is held. Thread-safe. */
interface Program {
    Set<TerminalCapability> capabilities();

    /** Whether it sees the files of the host and appends to the log itself. */
    boolean sharesFiles();

    /** Cheap enough to be asked in a loop. */
    Ending ending();

    /**
     * Gives the program some input. Callers take turns.
     *
     * @throws io.trails.TrailsException {@code terminal.stuck} or {@code terminal.ended}
     */
    void write(byte[] bytes);

    /** How much of what was written the program has not read yet, where that can be told. */
    OptionalLong unread();

    void interrupt();

    void detach();
}
