package io.trails.internal.host;

import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The pipes of one sandbox that wait to be used again; making one takes as long as a short command. Thread-safe. */
final class OutputPipes implements AutoCloseable {
    /** As one command needs; each takes two descriptors as long as the sandbox is open. */
    private static final int MOST_IDLE = 2;

    private final ArrayDeque<OutputPipe> idle = new ArrayDeque<>();
    private volatile boolean supported;
    private boolean closed;

    /** Pipes of our own, unless one fails and the system turns out to have none. */
    OutputPipes(boolean supported) {
        this.supported = supported;
    }

    /** A pipe without writers, or null where there are none but the JDK's own. */
    @Nullable
    OutputPipe take() {
        if (!supported) return null;
        synchronized (idle) {
            OutputPipe pipe = idle.poll();
            if (pipe != null) return pipe;
        }
        try {
            return OutputPipe.open(this);
        } catch (IOException e) {
            LoggerFactory.getLogger(OutputPipes.class).debug("A command gets a pipe of the JDK", e);
            // Descriptors may only be scarce just now.
            supported = DescriptorFile.areShown();
            return null;
        }
    }

    /** Whether it is kept. */
    boolean takeBack(OutputPipe pipe) {
        synchronized (idle) {
            if (closed || idle.size() >= MOST_IDLE) return false;
            idle.push(pipe);
            return true;
        }
    }

    /** Closes those that nobody uses; the others close when their last writer has gone. */
    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            for (OutputPipe pipe : idle) pipe.dispose();
            idle.clear();
        }
    }
}
