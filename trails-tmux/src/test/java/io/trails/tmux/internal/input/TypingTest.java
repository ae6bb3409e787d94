package io.trails.tmux.internal.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.pane.PrivateTmux;
import io.trails.tmux.internal.server.TmuxVersion;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypingTest {
    private static final TmuxVersion OLDEST = new TmuxVersion(3, 0);

    private static PrivateTmux tmux;
    private static Receiver receiver;

    @BeforeAll
    @BeforeContainer
    static void start() {
        PrivateTmux.need();
        tmux = new PrivateTmux();
        receiver = new Receiver(tmux, "");
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        if (tmux != null) tmux.close();
    }

    /** Since 3.7 a buffer is pasted as 3.0 would only if it is told to, in a way that 3.0 does not know. */
    private static TmuxVersion oldestThatFits() {
        return tmux.version().isAtLeast(3, 7) ? tmux.version() : OLDEST;
    }

    private static void assertTyped(String text, TmuxVersion version) {
        byte[] expected = text.replace('\n', '\r').getBytes(UTF_8);
        tmux.send(Typing.commands(receiver.pane, text, version));
        assertThat(receiver.next(expected.length)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                "abc;",
                "\\;",
                "-",
                "--",
                "-l x",
                "-t %0",
                "Enter",
                "C-c",
                "F1",
                "$HOME",
                "#(date)",
                "#{pane_id}",
                "~",
                "'\"`",
                "\\",
                "\\n",
                "line\nline\n",
                "\u001b[A",
                "\u0003",
                "\t",
                "\u007f",
                "caf\u00e9 \u4f60 \ud83d\ude00",
                "\u0001\u0002",
                "%H",
                " ",
                "  leading",
                "trailing ",
                "\u009b",
                "\ufffe",
                "0x41"
            })
    void a_text_arrives_as_it_is(String text) {
        assertTyped(text, tmux.version());
        assertTyped(text, oldestThatFits());
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void any_text_arrives_as_it_is(@ForAll("texts") String text) {
        assertTyped(text, tmux.version());
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void any_text_arrives_as_it_is_through_buffers(@ForAll("texts") String text) {
        assertTyped(text, oldestThatFits());
    }

    @Provide
    Arbitrary<String> texts() {
        var words =
                Arbitraries.of(";", "-", "Enter", "C-c", "$HOME", "\u001b[201~", "\n", "'", "\"", "\\", "#{x}", " ");
        var characters = Arbitraries.integers()
                .between(1, 0x10ffff)
                .filter(c -> c < 0xd800 || c > 0xdfff)
                .map(Character::toString);
        var ascii = Arbitraries.integers().between(1, 127).map(Character::toString);
        return Arbitraries.oneOf(words, characters, ascii)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Test
    void a_long_text_is_cut_at_no_code_point_and_leaves_no_buffer() {
        assertTyped("x".repeat(3999) + "\ud83d\ude00".repeat(9000) + "\u4f60\n".repeat(9000) + ";", tmux.version());
        assertThat(tmux.ok("list-buffers")).containsExactly("");
    }

    @Test
    void a_text_for_a_pane_that_is_gone_leaves_no_buffer() {
        var commands = Typing.commands("%999", "secret".repeat(1000), tmux.version());
        assertThat(tmux.trySend(commands)).anyMatch(reply -> !reply.ok());
        assertThat(tmux.ok("list-buffers")).containsExactly("");
    }

    @Test
    void a_person_in_copy_mode_does_not_keep_text_from_the_program() {
        tmux.ok("copy-mode", "-t", receiver.pane);
        assertTyped("q/x", tmux.version());
        tmux.ok("copy-mode", "-t", receiver.pane);
        assertTyped("q/x".repeat(1000), tmux.version());
        tmux.ok("copy-mode", "-t", receiver.pane);
        assertTyped("q/x", oldestThatFits());
    }

    @Test
    void nul_is_refused_and_nothing_needs_nothing() {
        assertThatThrownBy(() -> Typing.commands("%1", "a\0b", OLDEST)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Typing.commands("%1", "", OLDEST)).isEmpty();
    }

    @Test
    void words_hold_no_line_feed_and_fit_into_the_arguments_of_a_process() {
        for (int length : List.of(1, 511, 512, 513, 100_000)) {
            for (TmuxCommand command : Typing.commands("%1", "\u4f60\n".repeat(length), new TmuxVersion(3, 3))) {
                assertThat(String.join(" ", command.words())).doesNotContain("\n");
                assertThat(String.join(" ", command.words()).getBytes(UTF_8)).hasSizeLessThan(14_000);
            }
        }
    }
}
