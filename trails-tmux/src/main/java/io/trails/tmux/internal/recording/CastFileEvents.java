package io.trails.tmux.internal.recording;

import io.trails.tmux.internal.recording.CastEvent.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a file. Those of kinds nobody knows yet are left out, and so is a last line that its writer did not finish.
 * Single-threaded.
 */
final class CastFileEvents implements Events {
    private static final double NANOS = 1e9;
    private static final double LONGEST = 1e9;
    private static final long LAST = (long) (LONGEST * NANOS);
    private static final long NANOS_PER_MICRO = 1_000;

    private final CastLines lines;
    private final boolean relative;
    private long nanos;

    CastFileEvents(CastLines lines, boolean relative) {
        this.lines = lines;
        this.relative = relative;
    }

    @Override
    public Optional<CastEvent> next() throws IOException {
        while (true) {
            Optional<CastLines.Line> next = lines.next();
            if (next.isEmpty()) return Optional.empty();
            CastLines.Line line = next.get();
            if (line.comment() || line.blank()) continue;
            Optional<CastEvent> event = event(line);
            if (event.isPresent()) return event;
        }
    }

    private Optional<CastEvent> event(CastLines.Line line) throws IOException {
        try {
            return event(CastJson.read(line.text()));
        } catch (IOException malformed) {
            if (!line.whole()) return Optional.empty();
            throw new IOException("Line " + line.number() + " is no event", malformed);
        }
    }

    private Optional<CastEvent> event(@Nullable Object json) throws IOException {
        if (!(json instanceof List<?> event)
                || event.size() < 3
                || !(event.get(0) instanceof Double seconds)
                || !(event.get(1) instanceof String code)) {
            throw new IOException("It is not an array of a time, a code and data");
        }
        advance(seconds);
        Optional<Kind> kind = Kind.of(code);
        if (kind.isEmpty()) return Optional.empty();
        return data(kind.get(), event.get(2))
                .map(data -> new CastEvent((nanos + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO, kind.get(), data));
    }

    /** Counts in nanoseconds, for other programs round their intervals as they like. */
    private void advance(double seconds) {
        long time = Math.round(Math.max(0, Math.min(LONGEST, seconds)) * NANOS);
        nanos = relative ? Math.min(LAST, nanos + time) : Math.max(nanos, time);
    }

    private static Optional<String> data(Kind kind, @Nullable Object data) {
        if (kind == Kind.EXIT && data instanceof Double code) return Optional.of(Integer.toString(code.intValue()));
        if (!(data instanceof String text)) return Optional.empty();
        if (kind == Kind.RESIZE && ScreenPainter.size(text).isEmpty()) return Optional.empty();
        return Optional.of(text);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
