package io.trails.tmux.internal.recording;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Events in order of time, read one by one. Single-threaded. */
public interface Events extends Closeable {
    /** The next event, or nothing at the end. */
    Optional<CastEvent> next() throws IOException;

    @Override
    void close() throws IOException;
}
