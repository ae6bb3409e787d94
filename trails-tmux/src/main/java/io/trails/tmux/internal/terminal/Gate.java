package io.trails.tmux.internal.terminal;

import java.time.Duration;

/**
 * A named pipe through which the orders of one launch pass, so that they are neither in an argument list nor in a file.
 * Used by one launch at a time.
 */
interface Gate {
    /** Its path, of safe characters. */
    String path();

    /**
     * Writes the orders once somebody reads them, then the end of input.
     *
     * @return whether they were read in time; if not, the pipe is of no use any more
     */
    boolean pass(byte[] orders, Duration atMost);
}
