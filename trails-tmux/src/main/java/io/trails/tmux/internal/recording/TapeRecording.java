package io.trails.tmux.internal.recording;

import io.trails.Playback;
import io.trails.Recording;
import io.trails.Screen;
import io.trails.TrailsException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Objects;

/** The recording of a tape. Immutable and thread-safe. */
public final class TapeRecording implements Recording {
    /** Shorter ones occur in any text. */
    private static final int SHORTEST_SECRET = 4;

    private final Tape tape;

    /** A recording that shows everything its tape holds. */
    public TapeRecording(Tape tape) {
        this.tape = Objects.requireNonNull(tape, "tape");
    }

    @Override
    public Duration length() {
        return Duration.of(tape.micros(), ChronoUnit.MICROS);
    }

    @Override
    public long omittedBytes() {
        return tape.omittedBytes();
    }

    @Override
    public Recording redacted(Collection<String> secrets) {
        Tape redacted = Redaction.of(
                tape,
                secrets.stream()
                        .filter(secret -> secret.length() >= SHORTEST_SECRET)
                        .toList());
        return redacted == tape ? this : new TapeRecording(redacted);
    }

    @Override
    public void write(Format format, OutputStream to) throws IOException {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(to, "to");
        CastWriter.write(tape, format, to);
    }

    @Override
    public Screen replay(Duration moment) {
        if (moment.isNegative()) throw new IllegalArgumentException("A moment cannot be negative: " + moment);
        var painter = new ScreenPainter(tape.header().columns(), tape.header().rows());
        boolean all = moment.compareTo(length()) >= 0;
        long until = all ? Long.MAX_VALUE : moment.toNanos() / 1_000;
        try (Events events = tape.events()) {
            for (var next = events.next(); next.isPresent(); next = events.next()) {
                if (next.get().micros() > until) break;
                painter.show(next.get());
            }
        } catch (IOException failed) {
            throw new TrailsException("recording.unreadable", "The recording cannot be read any more", failed);
        }
        return painter.screen();
    }

    @Override
    public void replay(OutputStream to, Playback playback) throws IOException {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(playback, "playback");
        new Player(playback, new RealPacing()).play(tape, to);
    }
}
