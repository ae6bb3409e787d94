package io.trails.tmux.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Recording.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CastWriterTest {
    private static final long START = 1_700_000_000_250_000L;

    private static byte[] written(Tape tape, Format format) throws IOException {
        var file = new ByteArrayOutputStream();
        CastWriter.write(tape, format, file);
        return file.toByteArray();
    }

    private static Tape tape() throws IOException {
        CastHeader header = CastHeader.of(80, 24, START)
                .withTerm("tmux-256color")
                .withShell("/bin/bash")
                .withTitle("A \"title\"")
                .withCommand(List.of("printf", "it's %s\n", "a b", ""));
        List<Stamp> stamps = List.of(new Stamp(START + 100_000, 5), new Stamp(START + 1_100_001, 8));
        List<CastEvent> others = List.of(
                CastEvent.exit(START + 1_000_000, 3),
                CastEvent.resize(START + 500_000, 100, 50),
                CastEvent.input(START + 600_000, "q\r"),
                CastEvent.marker(START + 700_000, ""));
        return new OutputTape(header, Printed.of("hello\u001b[mlast"), stamps, others);
    }

    @Test
    void v3_has_intervals_and_ends_with_the_exit() throws IOException {
        assertThat(new String(written(tape(), Format.ASCIICAST_V3), StandardCharsets.UTF_8))
                .isEqualTo("""
                        {"version":3,"term":{"cols":80,"rows":24,"type":"tmux-256color"},"timestamp":1700000000,\
                        "command":"printf 'it'\\\\''s %s\\n' 'a b' ''","title":"A \\"title\\"","env":{"SHELL":"/bin/bash"}}
                        [0.100000,"o","hello"]
                        [0.400000,"r","100x50"]
                        [0.100000,"i","q\\r"]
                        [0.100000,"m",""]
                        [0.400001,"o","\\u001B[m"]
                        [0.000000,"o","last"]
                        [0.000000,"x","3"]
                        """);
    }

    @Test
    void v2_has_times_since_the_start_and_no_exit() throws IOException {
        assertThat(new String(written(tape(), Format.ASCIICAST_V2), StandardCharsets.UTF_8))
                .isEqualTo("""
                        {"version":2,"width":80,"height":24,"timestamp":1700000000,\
                        "command":"printf 'it'\\\\''s %s\\n' 'a b' ''","title":"A \\"title\\"",\
                        "env":{"SHELL":"/bin/bash","TERM":"tmux-256color"}}
                        [0.100000,"o","hello"]
                        [0.500000,"r","100x50"]
                        [0.600000,"i","q\\r"]
                        [0.700000,"m",""]
                        [1.100001,"o","\\u001B[m"]
                        [1.100001,"o","last"]
                        """);
    }

    @Test
    void files_follow_the_published_formats() throws IOException {
        CastCheck v3 = CastCheck.v3(written(tape(), Format.ASCIICAST_V3));
        CastCheck v2 = CastCheck.v2(written(tape(), Format.ASCIICAST_V2));
        assertThat(v3.output()).isEqualTo(v2.output()).isEqualTo("hello\u001b[mlast");
        assertThat(v3.header).containsEntry("term", Map.of("cols", 80.0, "rows", 24.0, "type", "tmux-256color"));
        assertThat(v2.header).containsEntry("width", 80.0).containsEntry("height", 24.0);
    }

    @Property(tries = 200)
    void any_bytes_in_any_pieces_make_a_valid_file(
            @ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(min = 1, max = 9) int piece) throws IOException {
        var tape =
                new OutputTape(CastHeader.of(80, 24, START), Printed.of(bytes).inPiecesOf(piece), List.of(), List.of());
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(CastCheck.v3(written(tape, Format.ASCIICAST_V3)).output()).isEqualTo(text);
        assertThat(CastCheck.v2(written(tape, Format.ASCIICAST_V2)).output()).isEqualTo(text);
    }

    @Property(tries = 200)
    void any_text_in_any_pieces_stays_whole(
            @ForAll @Size(max = 60) String anything, @ForAll @IntRange(min = 1, max = 4) int piece) throws IOException {
        String text = anything + "\u0000\u007f\u0085\u2028é漢😀\u200d";
        var tape =
                new OutputTape(CastHeader.of(80, 24, START), Printed.of(text).inPiecesOf(piece), List.of(), List.of());
        String expected = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(CastCheck.v3(written(tape, Format.ASCIICAST_V3)).output()).isEqualTo(expected);
    }

    @Property(tries = 100)
    void intervals_add_up_to_the_exact_time(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 3_000_000) Integer> gaps) throws IOException {
        var stamps = new java.util.ArrayList<Stamp>();
        long at = START;
        for (int gap : gaps) stamps.add(new Stamp(at += gap, stamps.size() + 1));
        var tape = new OutputTape(CastHeader.of(80, 24, START), Printed.of("x".repeat(gaps.size())), stamps, List.of());
        BigDecimal sum = CastCheck.v3(written(tape, Format.ASCIICAST_V3)).events.stream()
                .map(CastCheck.Line::time)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum.movePointRight(6).longValueExact()).isEqualTo(at - START).isEqualTo(tape.micros());
    }

    @Test
    void half_a_character_in_a_title_does_not_spoil_the_file() throws IOException {
        var tape = new OutputTape(
                CastHeader.of(80, 24, START).withTitle("a\ud83d"),
                Printed.of(""),
                List.of(),
                List.of(CastEvent.input(START, "\ude00b😀")));
        CastCheck file = CastCheck.v3(written(tape, Format.ASCIICAST_V3));
        assertThat(file.header).containsEntry("title", "a\ufffd");
        assertThat(file.events.get(0).data()).isEqualTo("\ufffdb😀");
    }

    @Test
    void a_stream_that_fails_says_so_itself() throws IOException {
        Tape tape = new OutputTape(CastHeader.of(80, 24, START), Printed.of("x".repeat(100_000)), List.of(), List.of());
        var full = new IOException("No space left on device");
        assertThatThrownBy(() -> CastWriter.write(tape, Format.ASCIICAST_V3, new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw full;
                    }
                }))
                .isSameAs(full);
    }

    @Test
    void the_stream_is_not_closed() throws IOException {
        var closed = new java.util.concurrent.atomic.AtomicBoolean();
        CastWriter.write(tape(), Format.ASCIICAST_V3, new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.set(true);
            }
        });
        assertThat(closed).isFalse();
    }
}
