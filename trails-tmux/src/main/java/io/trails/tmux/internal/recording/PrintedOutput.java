package io.trails.tmux.internal.recording;

import java.io.IOException;

/** The bytes a terminal printed, by their position since its start. Thread-safe. */
public interface PrintedOutput {
    /** The first position that is still kept; it may grow at any time. */
    long oldest() throws IOException;

    /** The position after the last byte; it may grow at any time. */
    long end() throws IOException;

    /**
     * Bytes from a position on.
     *
     * @param position where the first of them is
     * @param most how many at most
     * @return at least one byte, or none at the end and where the position is not kept any more
     */
    byte[] read(long position, int most) throws IOException;
}
