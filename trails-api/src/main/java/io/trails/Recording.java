package io.trails;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;

/**
 * What a terminal showed, and when, up to one moment. Immutable and thread-safe.
 *
 * <p>How far back it reaches is bounded in bytes: {@link #omittedBytes()} says what of the beginning is not kept any more.
 */
public interface Recording {
    /** A published format of asciinema. */
    enum Format {
        /** asciicast v2: absolute times. See docs.asciinema.org/manual/asciicast/v2. */
        ASCIICAST_V2,
        /** asciicast v3: intervals, and how the program exited. See docs.asciinema.org/manual/asciicast/v3. */
        ASCIICAST_V3
    }

    /**
     * The time from its start to its last event.
     *
     * @return the duration, of microsecond resolution at best
     */
    Duration length();

    /**
     * Bytes of output at the beginning that are not kept any more.
     *
     * @return a count, 0 while the recording is whole
     */
    long omittedBytes();

    /**
     * The same without secrets: wherever one occurs in output, input, names of markers, command, title or variables, there is
     * {@code ***} instead, also if it was printed or typed in pieces, or with the terminal's own line ends. Not found is a
     * secret that a program prints with something else in between, such as a change of colour, or encoded in another way.
     * Its length and its times hardly differ: what may be the beginning of a secret is shown when it turns out to be none.
     *
     * <p>Secrets of fewer than four characters are left alone: they occur in any text.
     *
     * @param secrets what must not be shown; replaced literally, whatever else they are part of
     * @return a recording that shares what this one is made of
     */
    Recording redacted(Collection<String> secrets);

    /**
     * Writes the recording, a piece at a time whatever its length. What is not UTF-8 becomes U+FFFD.
     *
     * @param format in which format
     * @param to where to; is neither buffered nor closed
     * @throws IOException from the stream
     */
    void write(Format format, OutputStream to) throws IOException;

    /**
     * What the terminal showed at a moment, drawn by an emulator. Costs about what it takes to draw everything up to then.
     * Where the beginning is not kept any more it starts on a blank screen, and what was drawn before is missing until the
     * program draws it anew.
     *
     * @param moment from the start of the recording; beyond the end means the end
     * @return the screen with its cursor
     * @throws TrailsException {@code recording.unreadable} if what it was made of is gone
     */
    Screen replay(Duration moment);

    /**
     * Writes the output again at its own pace, such as to a terminal device. Blocks until all is written. What is not UTF-8
     * becomes U+FFFD; sizes and input are left out.
     *
     * @param to where to; flushed after each piece, not closed
     * @param playback at which speed, and how long a pause may get
     * @throws IOException from the stream
     * @throws TrailsInterruptedException if the thread is interrupted
     */
    void replay(OutputStream to, Playback playback) throws IOException;
}
