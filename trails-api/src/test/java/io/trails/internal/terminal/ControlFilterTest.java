package io.trails.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class ControlFilterTest {
    private static List<String> show(int columns, byte[]... pieces) {
        var screen = new TextScreen(columns, 1000);
        var filter = new ControlFilter(screen);
        for (byte[] piece : pieces) filter.feed(piece, 0, piece.length);
        return screen.lines();
    }

    private static List<String> show(String text) {
        return show(80, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    @Provide
    Arbitrary<byte[]> printed() {
        Arbitrary<String> pieces = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(12)),
                Tuple.of(2, Arbitraries.strings().ofMaxLength(3)),
                Tuple.of(
                        4,
                        Arbitraries.of(
                                "\u001b[31m",
                                "\u001b[K",
                                "\u001b[2K",
                                "\u001b[1K",
                                "\u001b[5G",
                                "\u001b[3D",
                                "\u001b[999C",
                                "\u001b]0;t\u0007",
                                "\u001b]8;;x\u001b\\",
                                "\u001bP1q\u001b\\",
                                "\u001b(B",
                                "\u001b[?25l",
                                "\u009b1m",
                                "\u009d0;t\u009c",
                                "\r",
                                "\b",
                                "\t",
                                "\n",
                                "\u001b",
                                "\u001b[",
                                "\u001b]",
                                "ü€😀")));
        Arbitrary<byte[]> broken = Arbitraries.bytes().array(byte[].class).ofMaxSize(6);
        return Arbitraries.frequencyOf(
                        Tuple.of(5, pieces.map(text -> text.getBytes(StandardCharsets.UTF_8))), Tuple.of(1, broken))
                .list()
                .ofMaxSize(20)
                .map(ControlFilterTest::join);
    }

    private static byte[] join(List<byte[]> parts) {
        var all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Property(tries = 500)
    void split_at_any_byte_the_screen_is_the_same(@ForAll("printed") byte[] bytes) {
        List<String> whole = show(20, bytes);
        for (int at = 0; at <= bytes.length; at++) {
            assertThat(show(20, part(bytes, 0, at), part(bytes, at, bytes.length)))
                    .as("split at %d", at)
                    .isEqualTo(whole);
        }
    }

    @Property(tries = 500)
    void what_is_shown_shows_itself(@ForAll("printed") byte[] bytes) {
        List<String> once = show(20, bytes);

        assertThat(show(20, String.join("\n", once).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(withoutEmptyEnd(once));
        assertThat(once).allSatisfy(line -> {
            assertThat(line.codePoints()).noneMatch(Character::isISOControl);
            assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(20);
        });
    }

    private static List<String> withoutEmptyEnd(List<String> lines) {
        boolean empty = !lines.isEmpty() && lines.get(lines.size() - 1).isEmpty();
        return empty ? lines.subList(0, lines.size() - 1) : lines;
    }

    @Property(tries = 300)
    void plain_text_is_unchanged(@ForAll("plain") List<String> lines) {
        assertThat(show(lines.stream().map(line -> line + "\n").collect(Collectors.joining())))
                .isEqualTo(lines);
    }

    @Provide
    Arbitrary<List<String>> plain() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .withCharRange('¡', 'ɏ')
                .withChars("€漢字 ")
                .ofMaxLength(80)
                .map(String::stripTrailing)
                .list()
                .ofMaxSize(10);
    }

    @Example
    void programs_rewrite_their_line() {
        assertThat(show("10%\r20%\r100%\n")).containsExactly("100%");
        assertThat(show("long line\r\u001b[Kshort\n")).containsExactly("short");
        assertThat(show("abc\b\bX\n")).containsExactly("aXc");
        assertThat(show("a\tb\n")).containsExactly("a       b");
        assertThat(show("spinner |\u001b[1G\u001b[2Kdone")).containsExactly("done");
    }

    @Example
    void sequences_disappear_and_text_around_them_stays() {
        assertThat(
                        show(
                                "a\u001b[1;31mb\u001b[0mc\u001b]0;title\u0007d\u001bP+q\u001b\\e\u001b(Bf\u001b=g\u0000\u0007h"))
                .containsExactly("abcdefgh");
        assertThat(show("a\u001b[?1049h\u001b[>4;2mb")).containsExactly("ab");
    }

    @Example
    void a_sequence_that_never_ends_hides_no_output_for_ever() {
        assertThat(show("\u001b]" + "x".repeat(10_000) + "\nvisible")).last().isEqualTo("visible");
    }

    @Example
    void malformed_bytes_are_replaced_and_lose_nothing_else() {
        assertThat(show(80, new byte[] {'a', (byte) 0xff, 'b', (byte) 0xc3, 'c', (byte) 0xe2, (byte) 0x82, 'd'}))
                .containsExactly("a\ufffdb\ufffdc\ufffdd");
    }

    @Example
    void only_the_last_rows_are_kept() {
        var screen = new TextScreen(10, 3);
        var filter = new ControlFilter(screen);
        byte[] bytes = "1\n2\n3\n4\n5".getBytes(StandardCharsets.UTF_8);
        filter.feed(bytes, 0, bytes.length);

        assertThat(screen.lines()).containsExactly("3", "4", "5");
    }
}
