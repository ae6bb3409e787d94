package io.trails.tmux.internal.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.tmux.internal.pane.PrivateTmux;
import io.trails.tmux.internal.server.TmuxVersion;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastingTest {
    private static final String START = "\u001b[200~";
    private static final String END = "\u001b[201~";

    private static PrivateTmux tmux;
    private static Receiver bracketing;
    private static Receiver plain;

    @BeforeAll
    static void start() {
        PrivateTmux.need();
        tmux = new PrivateTmux();
        bracketing = new Receiver(tmux, "\\033[?2004h");
        plain = new Receiver(tmux, "");
    }

    @AfterAll
    static void stop() {
        if (tmux != null) tmux.close();
    }

    private static void assertPasted(String text, String inside) {
        tmux.send(Pasting.commands(bracketing.pane, text, tmux.version()));
        byte[] expected = (START + inside + END).getBytes(UTF_8);
        assertThat(bracketing.next(expected.length)).isEqualTo(expected);
        tmux.send(Pasting.commands(plain.pane, text, tmux.version()));
        byte[] bare = inside.getBytes(UTF_8);
        assertThat(plain.next(bare.length)).isEqualTo(bare);
    }

    @Test
    void brackets_come_where_the_program_asked_for_them_and_line_ends_are_returns() {
        assertPasted("one\ntwo\r\nthree\rfour\n", "one\rtwo\rthree\rfour\r");
        assertPasted("-n ;", "-n ;");
        assertPasted(
                "\u001b[31m\u0001\u007f caf\u00e9 \ud83d\ude00 #{pane_id}",
                "\u001b[31m\u0001\u007f caf\u00e9 \ud83d\ude00 #{pane_id}");
    }

    @Test
    void a_megabyte_is_one_paste() {
        String text = "0123456789abcde\u00e9".repeat(1 << 16);
        assertPasted(text, text);
        assertThat(tmux.ok("list-buffers")).containsExactly("");
    }

    @Test
    void a_person_in_copy_mode_changes_nothing_about_a_paste() {
        tmux.ok("copy-mode", "-t", bracketing.pane);
        assertPasted("q", "q");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[201~", "\u009b201~", "\u001b[2\u001b[201~01~", "\u001b[\u009b201~201~", "\u001b[0201~",
                "\u001b[201;1~", "\u001b[2\r01~", "\u001b\u0007[201~", "\u001b[201:5~",
                        "\u001b[20\u001b[20\u001b[201~1~1~"
            })
    void nothing_ends_the_bracket_early(String attempt) {
        assertPasted("a" + attempt + "b", "ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u001b[200~", "\u001b[2011~", "\u001b[1;201~", "201~", "[201~", "\u001b[A201~", "\u001b[20 1~"})
    void other_sequences_stay(String sequence) {
        assertPasted("a" + sequence + "b", "a" + sequence + "b");
    }

    @Property
    void no_end_remains_whatever_is_left_out(@ForAll("attempts") String text) {
        String inside = Pasting.inside(text);
        assertThat(inside).doesNotContainPattern("(\\x1b\\[|\\x9b)0*201([;:][0-9;:]*)?~");
        assertThat(Pasting.inside(inside)).isEqualTo(inside);
    }

    @Provide
    Arbitrary<String> attempts() {
        return Arbitraries.of("\u001b", "[", "\u009b", "2", "0", "1", "~", ";", "\r", "201~", "\u001b[", "x")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Test
    void a_hostile_megabyte_takes_linear_time() {
        String text = "\u001b[2".repeat(200_000) + "\u001b[201~" + "01~".repeat(200_000);
        assertThat(Pasting.inside(text)).isEmpty();
        assertThat(Pasting.inside("\u001b[" + "2".repeat(500_000) + "~".repeat(500_000)))
                .hasSize(1_000_002);
    }

    @Test
    void nul_is_refused_and_nothing_needs_nothing() {
        var version = new TmuxVersion(3, 0);
        assertThatThrownBy(() -> Pasting.commands("%1", "a\0b", version)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Pasting.commands("%1", END, version)).isEmpty();
    }

    @Test
    void a_tmux_that_would_show_control_characters_is_told_not_to() {
        assertThat(Pasting.commands("%1", "x", new TmuxVersion(3, 7)))
                .anyMatch(command -> command.words().contains("-S"));
        assertThat(Pasting.commands("%1", "x", new TmuxVersion(3, 6)))
                .noneMatch(command -> command.words().contains("-S"));
    }
}
