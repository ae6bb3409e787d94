package io.trails.tmux.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Playback;
import io.trails.TrailsInterruptedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayerTest {
    /** Time that passes only while somebody waits, and a little too long each time. */
    private static final class Clock implements Pacing {
        private final List<Long> writes = new ArrayList<>();
        private long now = 5_000;
        private boolean interrupted;

        @Override
        public long now() {
            return now;
        }

        @Override
        public void pause(long nanos) throws InterruptedException {
            if (interrupted) throw new InterruptedException();
            now += nanos + 7;
        }

        ByteArrayOutputStream stream() {
            return new ByteArrayOutputStream() {
                @Override
                public void flush() {
                    writes.add((now - 5_000) / 1_000);
                }
            };
        }
    }

    private static Tape tape() throws IOException {
        return new OutputTape(
                CastHeader.of(80, 24, 0),
                Printed.of("abc漢"),
                List.of(
                        new Stamp(1_000_000, 1),
                        new Stamp(1_500_000, 2),
                        new Stamp(11_500_000, 3),
                        new Stamp(11_600_000, 6)),
                List.of(CastEvent.resize(5_000_000, 90, 30), CastEvent.exit(12_000_000, 0)));
    }

    private static List<Long> played(Playback playback) throws IOException {
        var clock = new Clock();
        ByteArrayOutputStream to = clock.stream();
        new Player(playback, clock).play(tape(), to);
        assertThat(to.toString(StandardCharsets.UTF_8)).isEqualTo("abc漢");
        return clock.writes;
    }

    @Test
    void pieces_come_when_they_came() throws IOException {
        assertThat(played(Playback.original())).containsExactly(1_000_000L, 1_500_000L, 11_500_000L, 11_600_000L);
    }

    @Test
    void pauses_are_cut_before_the_speed_is_applied() throws IOException {
        assertThat(played(Playback.original().idleLimit(Duration.ofSeconds(2)).speed(2)))
                .containsExactly(500_000L, 750_000L, 1_750_000L, 1_800_000L);
    }

    @Test
    void infinite_speed_never_waits() throws IOException {
        assertThat(played(Playback.original().speed(Double.POSITIVE_INFINITY))).containsOnly(0L);
        assertThat(played(Playback.original().idleLimit(Duration.ZERO))).containsOnly(0L);
    }

    @Test
    void immense_limits_are_no_limits() throws IOException {
        assertThat(played(Playback.original().idleLimit(Duration.ofSeconds(Long.MAX_VALUE))))
                .endsWith(11_600_000L);
    }

    @Test
    void an_interrupt_ends_a_pause_and_is_kept() throws IOException {
        var clock = new Clock();
        clock.interrupted = true;
        var player = new Player(Playback.original(), clock);
        Tape tape = tape();
        assertThatThrownBy(() -> player.play(tape, new ByteArrayOutputStream()))
                .isInstanceOf(TrailsInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_interrupt_ends_a_replay_without_pauses() throws IOException {
        var recording = new TapeRecording(tape());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> recording.replay(
                        new ByteArrayOutputStream(), Playback.original().speed(Double.POSITIVE_INFINITY)))
                .isInstanceOf(TrailsInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
