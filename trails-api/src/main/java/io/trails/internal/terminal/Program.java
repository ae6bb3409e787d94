package io.trails.internal.terminal;

import io.trails.TerminalCapability;
import java.time.Duration;
import java.util.Optional;
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
     * @param patience how long it may read nothing meanwhile
     * @throws io.trails.TrailsException {@code terminal.stuck} or {@code terminal.ended}
     */
    void write(byte[] bytes, Duration patience);

    /** Where it can be seen how much of what was written the program has not read yet. */
    Optional<InputGauge.Reading> gauge();

    void interrupt();

    /** Gives old output back to the disk, if that is due and can be done. Cheap enough to be asked in a loop. */
    void trimOutput();

    void detach();
}
