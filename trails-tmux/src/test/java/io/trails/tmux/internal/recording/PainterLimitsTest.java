package io.trails.tmux.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Screen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PainterLimitsTest {
    @Provide
    Arbitrary<String> wild() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                "\u001b[",
                                "\u001b",
                                "\u001b]0;",
                                "\u001bP",
                                "?",
                                ">",
                                ";",
                                ":",
                                "99999999999",
                                "漢",
                                "\u0301"),
                        Arbitraries.of(
                                "1049",
                                "47",
                                "\u0018",
                                "\u0007",
                                "\u001b\\",
                                "\u001b(0",
                                "\u001b#8",
                                "\u001bc",
                                "\r\n"),
                        Arbitraries.strings().ascii().ofLength(1),
                        Arbitraries.strings().all().ofMaxLength(3),
                        Arbitraries.integers().between(-1, 300).map(String::valueOf))
                .list()
                .ofMaxSize(80)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 2000)
    void no_text_and_no_size_makes_it_throw(
            @ForAll("wild") String text,
            @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 12) Integer> sizes,
            @ForAll("wild") String more) {
        var painter = new ScreenPainter(7, 3);
        painter.write(text);
        for (int size : sizes) {
            painter.resize(size, 13 - size);
            painter.write(more);
        }
        Screen screen = painter.screen();
        assertThat(screen.lines()).hasSize(screen.rows());
        screen.cursor().ifPresent(cursor -> {
            assertThat(cursor.row()).isBetween(0, screen.rows() - 1);
            assertThat(cursor.column()).isBetween(0, screen.columns() - 1);
        });
    }

    @Property(tries = 1000)
    void no_bytes_make_it_throw_and_pieces_make_no_difference(
            @ForAll @Size(max = 400) byte[] bytes, @ForAll @IntRange(min = 1, max = 7) int piece) {
        var whole = new ScreenPainter(10, 4);
        whole.write(bytes, 0, bytes.length);
        var pieces = new ScreenPainter(10, 4);
        for (int at = 0; at < bytes.length; at += piece) pieces.write(bytes, at, Math.min(piece, bytes.length - at));
        assertThat(pieces.screen()).isEqualTo(whole.screen());
    }

    @Test
    void sequences_that_never_end_and_marks_without_end_take_no_memory() {
        var painter = new ScreenPainter(20, 5);
        byte[] endless = ("\u001b]0;" + "x".repeat(1 << 20) + "\u0007\u001b[" + "1;".repeat(1 << 19) + "Ha"
                        + "\u0301".repeat(1 << 20))
                .getBytes(StandardCharsets.UTF_8);
        painter.write(endless, 0, endless.length);
        assertThat(painter.screen().lines().get(0)).startsWith("a\u0301").hasSizeLessThan(20);
    }

    @Test
    void an_immense_size_is_cut() {
        var painter = new ScreenPainter(999_999, 999_999);
        assertThat(painter.screen().columns()).isEqualTo(4096);
        assertThat(painter.screen().rows()).isEqualTo(1024);
        painter.show(CastEvent.resize(0, 80, 24));
        painter.show(new CastEvent(0, CastEvent.Kind.RESIZE, "0x0"));
        assertThat(painter.screen().columns()).isEqualTo(80);
        assertThatThrownBy(() -> new ScreenPainter(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_size_changes_while_a_full_screen_program_runs() {
        var painter = new ScreenPainter(20, 5);
        painter.write("prompt$ vi\r\n\u001b[?1049h\u001b[2J\u001b[Hfile");
        painter.resize(30, 8);
        assertThat(painter.screen().alternate()).isTrue();
        painter.write("\u001b[?1049l");
        assertThat(painter.screen().alternate()).isFalse();
        assertThat(painter.screen().lines().get(0)).isEqualTo("prompt$ vi");
        assertThat(painter.screen().columns()).isEqualTo(30);
    }
}
