package io.trails.tmux.internal.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {
    private static final String E = "\u001b";

    private static String text(String printed) {
        return TerminalText.of(printed.getBytes(UTF_8));
    }

    @Test
    void plain_text_stays_as_it_is() {
        String plain = "one\n\n  two\tthree  \nä€😀 four";
        assertThat(text(plain)).isEqualTo(plain);
        assertThat(text(plain.replace("\n", "\r\n"))).isEqualTo(plain);
        String longLine = "x".repeat(100_000) + "\n";
        assertThat(text(longLine)).isEqualTo(longLine);
        assertThat(text("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a^[[31mb^[[0;1;38:5:3mc, abc",
        "a^[]0;title^Gb, ab",
        "a^[]8;;http://x^[\\b^[]8;;^[\\c, abc",
        "a^[Pq#1~~^[\\b, ab",
        "a^[_apc^[\\b^[^pm^[\\c^[Xsos^[\\d^[ktitle^[\\e, abcde",
        "a^[(Bb^[=c^[>d^[7e^[#8f^[Mg, abcdefg",
        "a^[[?2004hb^[[>c^[[!p, ab",
        "a^[[12, a",
        "a^[]0;never ended, a",
        "a^[, a",
        "a^[[3^[[1mb, ab",
        "a^[]0;x^Xb, ab",
        "a^[[éb, aéb",
        "a^[[1^Lmb, ab",
        "'10%^M20%', 20%",
        "'100%^M20%', 20%%",
        "'100%^M^[[K20%', 20%",
        "'abc^H^HX', aXc",
        "'^H^Habc', abc",
        "'abc^[[2D^[[K', a",
        "'a^[[3Cb', a   b",
        "'abc^[[2GX', aXc",
        "'abc^[[2K^Mx', x",
        "'a^@^A^G^K^L^?b', ab"
    })
    void sequences_vanish_and_rewritten_lines_show_what_was_last(String printed, String shown) {
        assertThat(text(controls(printed))).isEqualTo(shown);
    }

    private static String controls(String caret) {
        var text = new StringBuilder();
        for (int i = 0; i < caret.length(); i++) {
            char c = caret.charAt(i);
            char next = i + 1 < caret.length() ? caret.charAt(i + 1) : ' ';
            boolean control = c == '^' && ((next >= '@' && next <= '[') || next == '?');
            text.append(control ? (char) (next ^ 0x40) : c);
            if (control) i++;
        }
        return text.toString();
    }

    @Test
    void malformed_bytes_are_replaced_and_hide_nothing() {
        assertThat(TerminalText.of("a\u00ff\u00c3b\u00e2\u0082".getBytes(ISO_8859_1)))
                .isEqualTo("a\ufffd\ufffdb\ufffd");
        assertThat(text("a\u009b31mb\u0085c")).isEqualTo("a31mbc");
    }

    @Test
    void a_stray_begin_of_a_string_hides_no_output_for_ever() {
        assertThat(text(E + "]" + "x".repeat(2 << 20) + "\nend")).endsWith("\nend");
    }

    @Property(tries = 300)
    void pieces_of_any_size_give_the_same_text(
            @ForAll("printed") byte[] printed, @ForAll @IntRange(min = 1, max = 7) int most) {
        var pieces = new TerminalText();
        var text = new StringBuilder();
        for (int at = 0; at < printed.length; at += most) {
            pieces.feed(printed, at, Math.min(most, printed.length - at));
            text.append(pieces.take());
        }
        text.append(pieces.finish());
        assertThat(text.toString()).isEqualTo(TerminalText.of(printed));
        assertThat(text.chars()).allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c));
    }

    @Provide
    Arbitrary<byte[]> printed() {
        Arbitrary<String> part = Arbitraries.oneOf(
                Arbitraries.of(
                        E,
                        E + "[",
                        E + "]0;",
                        E + "P",
                        E + "\\",
                        "\u0007",
                        "\r",
                        "\n",
                        "\b",
                        "\t",
                        "K",
                        "1",
                        ";",
                        "99999999999",
                        "C",
                        "D",
                        "G",
                        "\u0000",
                        "\u0018",
                        "\u009b",
                        "\ud83d\ude00",
                        "é",
                        "x"),
                Arbitraries.strings().ofMaxLength(5));
        Arbitrary<byte[]> text =
                part.list().ofMaxSize(60).map(parts -> String.join("", parts).getBytes(UTF_8));
        Arbitrary<byte[]> anything = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        return Arbitraries.oneOf(text, anything);
    }

    @Test
    @Timeout(60)
    void what_a_program_prints_to_make_it_slow_takes_no_longer_than_its_length() {
        String wide = "x".repeat(4000);
        for (String evil :
                new String[] {E + "[1K", E + "[2Kx", E + "[99999Cx", E + "[", E + "]", "\b", "\r", "x\r", "\u0000"}) {
            String printed = wide + evil.repeat(2_000_000 / evil.length());
            assertThat(text(printed).length()).isLessThan(150_000_000);
        }
        byte[] noise = new byte[4_000_000];
        new Random(1).nextBytes(noise);
        assertThat(TerminalText.of(noise)).isNotEmpty();
    }
}
