package io.trails.tmux.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTapeTest {
    private static final CastHeader HEADER = CastHeader.of(80, 24, 1_000);

    private static List<String> events(Tape tape) throws IOException {
        var all = new ArrayList<String>();
        try (Events events = tape.events()) {
            for (var next = events.next(); next.isPresent(); next = events.next()) {
                CastEvent event = next.get();
                all.add(event.micros() + event.kind().code() + event.data());
            }
        }
        return all;
    }

    @Test
    void output_without_an_entry_gets_the_next_known_time() throws IOException {
        var tape = new OutputTape(
                HEADER,
                Printed.of("abcdef"),
                List.of(new Stamp(1_100, 2)),
                List.of(CastEvent.exit(1_900, 0), CastEvent.resize(1_500, 90, 30)));
        assertThat(events(tape)).containsExactly("100oab", "500ocdef", "500r90x30", "900x0");
        assertThat(tape.micros()).isEqualTo(900);
    }

    @Test
    void output_that_was_read_after_the_exit_comes_before_it() throws IOException {
        var tape = new OutputTape(
                HEADER, Printed.of("ab"), List.of(new Stamp(3_000, 2)), List.of(CastEvent.exit(2_000, 1)));
        assertThat(events(tape)).containsExactly("2000oab", "2000x1");
        assertThat(tape.micros()).isEqualTo(2_000);
    }

    @Test
    void a_clock_that_was_set_back_never_makes_time_go_back() throws IOException {
        var tape = new OutputTape(
                HEADER,
                Printed.of("abc"),
                List.of(new Stamp(2_000, 1), new Stamp(500, 2), new Stamp(2_500, 3)),
                List.of());
        assertThat(events(tape)).containsExactly("1000oa", "1000ob", "1500oc");
    }

    @Test
    void what_is_not_kept_any_more_is_omitted_with_its_times() throws IOException {
        var tape = new OutputTape(
                HEADER,
                Printed.of("0123456789").since(6),
                List.of(new Stamp(1_100, 4), new Stamp(1_200, 8), new Stamp(1_300, 10)),
                List.of(CastEvent.resize(1_050, 90, 30)));
        assertThat(tape.omittedBytes()).isEqualTo(6);
        assertThat(events(tape)).containsExactly("50r90x30", "200o67", "300o89");
    }

    @Test
    void what_is_dropped_while_it_is_read_is_skipped() throws IOException {
        var growing = new PrintedOutput() {
            private long oldest;

            @Override
            public long oldest() {
                return oldest;
            }

            @Override
            public long end() {
                return 10;
            }

            @Override
            public byte[] read(long position, int most) {
                if (position < oldest) return new byte[0];
                if (position == 1) oldest = 8;
                return position < oldest ? new byte[0] : new byte[] {(byte) ('0' + position)};
            }
        };
        assertThat(events(new OutputTape(HEADER, growing, List.of(), List.of())))
                .containsExactly("0o0", "0o8", "0o9");
    }

    @Test
    void what_is_printed_later_belongs_to_a_later_recording() throws IOException {
        var stamps = new ArrayList<>(List.of(new Stamp(1_100, 2)));
        var tape = new OutputTape(HEADER, Printed.of("ab"), stamps, List.of());
        stamps.add(new Stamp(9_000, 4));
        assertThat(events(tape)).containsExactly("100oab");
        assertThat(tape.micros()).isEqualTo(100);
    }

    @Test
    void a_character_that_never_ends_is_shown_as_one_that_cannot_be() throws IOException {
        byte[] cut = {'a', (byte) 0xe6, (byte) 0xbc};
        var tape = new OutputTape(
                HEADER, Printed.of(cut), List.of(new Stamp(1_100, 3)), List.of(CastEvent.exit(1_200, 0)));
        assertThat(events(tape)).containsExactly("100oa", "100o\ufffd", "200x0");
    }
}
