package io.trails.tmux.internal.recording;

import io.trails.Playback;
import io.trails.TrailsInterruptedException;
import io.trails.tmux.internal.recording.CastEvent.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes output at the pace of a recording. Every piece is due at a time counted from the start, so that nothing drifts. */
final class Player {
    private static final double NANOS_PER_MICRO = 1_000;
    private static final long NEVER = Long.MAX_VALUE / 4;

    private final Playback playback;
    private final Pacing pacing;

    Player(Playback playback, Pacing pacing) {
        this.playback = playback;
        this.pacing = pacing;
    }

    void play(Tape tape, OutputStream to) throws IOException {
        long longest = playback.idleLimit().map(Player::micros).orElse(Long.MAX_VALUE);
        long began = pacing.now();
        long played = 0;
        long last = 0;
        try (Events events = tape.events()) {
            for (var next = events.next(); next.isPresent(); next = events.next()) {
                CastEvent event = next.get();
                if (event.kind() != Kind.OUTPUT) continue;
                played += Math.min(longest, event.micros() - last);
                last = event.micros();
                await(began, due(played));
                to.write(event.data().getBytes(StandardCharsets.UTF_8));
                to.flush();
            }
        } catch (InterruptedException interrupted) {
            throw new TrailsInterruptedException("playing a recording", interrupted);
        }
    }

    private static long micros(Duration limit) {
        try {
            return Math.addExact(Math.multiplyExact(limit.toSeconds(), 1_000_000L), limit.toNanosPart() / 1_000);
        } catch (ArithmeticException immense) {
            return Long.MAX_VALUE;
        }
    }

    private long due(long micros) {
        double nanos = micros * NANOS_PER_MICRO / playback.speed();
        return nanos < NEVER ? (long) nanos : NEVER;
    }

    private void await(long began, long due) throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException("interrupted before a piece was due");
        for (long left = due - (pacing.now() - began); left > 0; left = due - (pacing.now() - began)) {
            pacing.pause(left);
        }
    }
}
