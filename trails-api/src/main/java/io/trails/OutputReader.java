package io.trails;

import java.time.Duration;

/**
 * The bytes a program prints in a terminal, from a position on. Single-threaded, but {@link #close()} may come from another
 * thread.
 *
 * <p>What trails keeps of the output is bounded. A reader that falls behind by more finds the next bytes that are kept, and
 * {@link #position()} jumps.
 */
public interface OutputReader extends AutoCloseable {
    /** The position after the last byte printed so far. */
    long END = -1;

    /**
     * Waits for bytes and takes them. To go on after a restart, remember {@link #position()} once what was returned has been
     * dealt with.
     *
     * @param most how many at most, at least 1
     * @param timeout how long to wait if there are none
     * @return what was printed, in order and without gaps but for what is not kept any more; empty when nothing was printed
     *     in time, or once {@link #ended()}
     * @throws IllegalStateException once it is closed
     */
    byte[] read(int most, Duration timeout);

    /**
     * Where the next byte will come from, counted from 0 at the start of the program.
     *
     * @return the position
     */
    long position();

    /**
     * How many bytes were no longer kept when they would have been read.
     *
     * @return a count of bytes
     */
    long skipped();

    /**
     * Whether the program has ended and all it printed was read.
     *
     * @return true if nothing will come any more
     */
    boolean ended();

    /** Lets go. Closing twice does nothing; the program is not told. */
    @Override
    void close();
}
