package io.trails.tmux.internal.recording;

import java.io.IOException;

/** A recording before it is written or played: its header, and its events in order of time. Immutable and thread-safe. */
public interface Tape {
    /** What the recording says about itself. */
    CastHeader header();

    /** Bytes of output at the beginning that are not kept any more. */
    long omittedBytes();

    /** Microseconds from the start to the last event. */
    long micros();

    /** All events from the start. Every call reads anew; the caller closes what it returns. */
    Events events() throws IOException;
}
