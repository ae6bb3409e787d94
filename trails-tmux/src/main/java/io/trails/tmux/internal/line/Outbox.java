package io.trails.tmux.internal.line;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a server that may have stopped reading, and never lets a caller wait for it. What surely fits into an empty pipe
 * together with all that was not answered yet is written at once; the rest by a thread that lives as long as there is some.
 * Not thread-safe but for {@link #answered}: the owner's lock orders the writes.
 */
final class Outbox {
    /** The smallest pipe of the systems tmux runs on. */
    private static final int SURE_BYTES = 16 << 10;

    private final String name;
    private final OutputStream stream;
    private final Consumer<IOException> failed;
    private final Object lock = new Object();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private long unanswered;
    private boolean draining;

    Outbox(String name, OutputStream stream, Consumer<IOException> failed) {
        this.name = name;
        this.stream = stream;
        this.failed = failed;
    }

    void write(byte[] bytes) throws IOException {
        synchronized (lock) {
            unanswered += bytes.length;
            if (draining || unanswered > SURE_BYTES) {
                waiting.add(bytes);
                if (!draining) startDraining();
                return;
            }
        }
        stream.write(bytes);
        stream.flush();
    }

    /** The server has read that many of them. */
    void answered(int bytes) {
        synchronized (lock) {
            unanswered -= bytes;
        }
    }

    /** Whether a write may be under way that does not end. */
    boolean isDraining() {
        synchronized (lock) {
            return draining;
        }
    }

    private void startDraining() {
        draining = true;
        var thread = new Thread(this::drain, name + "-write");
        thread.setDaemon(true);
        thread.start();
    }

    private void drain() {
        try {
            for (byte[] next = next(); next != null; next = next()) {
                stream.write(next);
                stream.flush();
            }
        } catch (IOException e) {
            failed.accept(e);
        }
    }

    private byte @Nullable [] next() {
        synchronized (lock) {
            byte[] next = waiting.poll();
            if (next == null) draining = false;
            return next;
        }
    }
}
