package io.trails.internal.terminal;

import io.trails.OutputReader;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Reads an {@link OutputLog} as it grows. Single-threaded, but {@link #close()} may come from another thread. */
final class LogReader implements OutputReader {
    private final OutputLog log;
    private final BooleanSupplier over;
    private final String doing;
    private long position;
    private long skipped;
    private boolean ended;
    private volatile boolean closed;

    /**
     * A reader from a position on.
     *
     * @param from a position, or {@link #END}
     * @param over whether nothing will be printed any more
     * @param doing what is waited for, for whoever is interrupted
     */
    LogReader(OutputLog log, long from, BooleanSupplier over, String doing) {
        if (from < END) throw new IllegalArgumentException("There is no position " + from);
        this.log = log;
        this.over = over;
        this.doing = doing;
        this.position = from == END ? log.size() : from;
    }

    @Override
    public byte[] read(int most, Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (most < 1) throw new IllegalArgumentException("At least one byte must be wanted: " + most);
        Patience patience = Patience.of(timeout);
        while (true) {
            if (closed) throw new IllegalStateException("The reader is closed");
            // In this order: what it printed last is in the log once it is seen to be over.
            boolean last = over.getAsBoolean();
            byte[] bytes = take(most);
            ended = last && bytes.length == 0;
            if (bytes.length > 0 || ended || patience.over()) return bytes;
            patience.pause(doing);
        }
    }

    private byte[] take(int most) {
        while (true) {
            long from = Math.max(position, log.oldest());
            byte[] bytes = log.from(from, most);
            // What is old by now may have been given up while it was read.
            if (bytes.length > 0 && from < log.oldest()) continue;
            skipped += from - position;
            position = from + bytes.length;
            return bytes;
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long skipped() {
        return skipped;
    }

    @Override
    public boolean ended() {
        if (!ended && !closed) ended = over.getAsBoolean() && position >= log.size();
        return ended;
    }

    @Override
    public void close() {
        closed = true;
    }
}
