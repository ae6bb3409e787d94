package io.trails.tmux.internal.output;

import io.trails.OutputReader;
import io.trails.tmux.internal.place.Watch;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Reads an {@link OutputLog} as it grows. Single-threaded, but {@link #close()} may come from another thread. */
public final class LogReader implements OutputReader {
    /** An end that nobody wrote down, as of a program that was killed with what held it, is seen after that. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final OutputLog log;
    private final Watch watch;
    private final BooleanSupplier complete;
    private long position;
    private long skipped;
    private boolean ended;
    private volatile boolean closed;

    /**
     * A reader from a position on.
     *
     * @param watch of the directory of the log; closed with this
     * @param from a position, or {@link #END}
     * @param complete whether nothing will be written any more
     */
    public LogReader(OutputLog log, Watch watch, long from, BooleanSupplier complete) {
        if (from < 0 && from != END) throw new IllegalArgumentException("There is no position " + from);
        this.log = log;
        this.watch = watch;
        this.complete = complete;
        this.position = from == END ? log.total() : from;
    }

    /** The same, complete once the writer has seen the end. */
    public LogReader(OutputLog log, Watch watch, long from) {
        this(log, watch, from, log::ended);
    }

    @Override
    public byte[] read(int most, Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (most < 1) throw new IllegalArgumentException("At least one byte must be wanted: " + most);
        // More than a century would overflow the clock.
        long deadline = System.nanoTime() + (timeout.toDays() > 36_500 ? Long.MAX_VALUE / 2 : timeout.toNanos());
        while (true) {
            requireOpen();
            // In this order: what is printed after the look changes them.
            long ticks = watch.ticks();
            byte[] bytes = take(most);
            if (bytes.length > 0) return bytes;
            if (complete.getAsBoolean()) {
                byte[] last = take(most);
                ended = last.length == 0;
                return last;
            }
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || left.isZero()) return bytes;
            watch.await(ticks, left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
        }
    }

    private byte[] take(int most) {
        Piece piece = log.read(position, most);
        if (piece.isEmpty()) return piece.bytes();
        ended = false;
        skipped += piece.position() - position;
        position = piece.end();
        return piece.bytes();
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
        if (!ended && !closed)
            ended = complete.getAsBoolean() && log.read(position, 1).isEmpty();
        return ended;
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("The reader is closed");
    }

    @Override
    public void close() {
        closed = true;
        watch.close();
    }
}
