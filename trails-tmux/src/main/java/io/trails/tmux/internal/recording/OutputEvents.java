package io.trails.tmux.internal.recording;

import io.trails.tmux.internal.recording.CastEvent.Kind;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Merges output and other events by their times, which are made never to go back. Constant memory. Single-threaded. */
final class OutputEvents implements Events {
    private static final int PIECE = 32 << 10;

    private final PrintedOutput output;
    private final Iterator<Stamp> stamps;
    private final Iterator<CastEvent> others;
    private final TextDecoder text = new TextDecoder();
    private final long start;
    private final long end;
    private long position;
    private long last;
    private @Nullable Stamp stamp;
    private @Nullable CastEvent other;
    private @Nullable CastEvent exit;

    OutputEvents(
            PrintedOutput output,
            long position,
            long end,
            long start,
            Iterator<Stamp> stamps,
            Iterator<CastEvent> others) {
        this.output = output;
        this.position = position;
        this.end = end;
        this.start = start;
        this.last = start;
        this.stamps = stamps;
        this.others = others;
        advanceOther();
    }

    @Override
    public Optional<CastEvent> next() throws IOException {
        while (position < end) {
            advanceStamp();
            CastEvent next = other;
            if (next != null && stamp != null && next.micros() <= stamp.micros()) return taken(next);
            long due = due();
            String printed = read();
            if (!printed.isEmpty()) return Optional.of(CastEvent.output(elapsed(due), printed));
        }
        CastEvent next = other;
        if (next != null) return taken(next);
        String rest = text.end();
        CastEvent ending = exit;
        if (!rest.isEmpty()) return Optional.of(CastEvent.output(elapsed(due()), rest));
        if (ending == null) return Optional.empty();
        exit = null;
        return Optional.of(ending.at(elapsed(ending.micros())));
    }

    private Optional<CastEvent> taken(CastEvent next) {
        advanceOther();
        return Optional.of(next.at(elapsed(next.micros())));
    }

    private long due() {
        Stamp covering = stamp;
        if (covering != null) return covering.micros();
        CastEvent following = other == null ? exit : other;
        return following == null ? last : following.micros();
    }

    private String read() throws IOException {
        long to = stamp == null ? end : Math.min(end, stamp.end());
        byte[] bytes = output.read(position, (int) Math.min(PIECE, to - position));
        if (bytes.length == 0) {
            long oldest = output.oldest();
            position = oldest > position ? Math.min(oldest, end) : end;
            return "";
        }
        position += bytes.length;
        return text.decode(bytes);
    }

    private long elapsed(long micros) {
        last = Math.max(last, micros);
        return last - start;
    }

    private void advanceStamp() {
        while (stamp == null || stamp.end() <= position) {
            if (!stamps.hasNext()) {
                stamp = null;
                return;
            }
            stamp = stamps.next();
        }
    }

    /** An exit is noticed before the last output is read, and belongs at the end all the same. */
    private void advanceOther() {
        other = null;
        while (others.hasNext()) {
            CastEvent next = others.next();
            if (next.kind() != Kind.EXIT) {
                other = next;
                return;
            }
            exit = next;
        }
    }

    @Override
    public void close() {}
}
