package io.trails.tmux.internal.recording;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A tape of what a terminal printed up to one moment. Output is stamped by the first entry of the index that covers it, and
 * without one by the next known time. Immutable and thread-safe; what is dropped from the beginning meanwhile is skipped.
 */
public final class OutputTape implements Tape {
    private final CastHeader header;
    private final PrintedOutput output;
    private final Iterable<Stamp> stamps;
    private final List<CastEvent> others;
    private final long start;
    private final long oldest;
    private final long end;
    private final long micros;

    /**
     * Fixes the moment.
     *
     * @param header with the start
     * @param output what was printed
     * @param stamps the index of times, in order; iterated anew for every reading
     * @param others the events besides output, with microseconds since the epoch
     */
    public OutputTape(CastHeader header, PrintedOutput output, Iterable<Stamp> stamps, List<CastEvent> others)
            throws IOException {
        this.header = Objects.requireNonNull(header, "header");
        this.output = Objects.requireNonNull(output, "output");
        this.stamps = Objects.requireNonNull(stamps, "stamps");
        this.others = others.stream()
                .sorted(Comparator.comparingLong(CastEvent::micros))
                .toList();
        this.start = header.startMicros().orElseThrow(() -> new IllegalArgumentException("A tape needs a start"));
        this.end = output.end();
        this.oldest = Math.min(output.oldest(), end);
        this.micros = lastMicros();
    }

    private long lastMicros() {
        long last = start;
        for (CastEvent other : others) last = Math.max(last, other.micros());
        long covered = oldest;
        for (Stamp stamp : stamps) {
            if (covered >= end) break;
            if (stamp.end() <= covered) continue;
            last = Math.max(last, stamp.micros());
            covered = stamp.end();
        }
        return last - start;
    }

    @Override
    public CastHeader header() {
        return header;
    }

    @Override
    public long omittedBytes() {
        return oldest;
    }

    @Override
    public long micros() {
        return micros;
    }

    @Override
    public Events events() {
        return new OutputEvents(output, oldest, end, start, stamps.iterator(), others.iterator());
    }
}
