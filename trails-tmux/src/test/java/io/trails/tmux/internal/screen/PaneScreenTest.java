package io.trails.tmux.internal.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Screen;
import io.trails.StyledScreen;
import io.trails.StyledScreen.Run;
import io.trails.TextStyle;
import io.trails.TextStyle.Attribute;
import io.trails.TextStyle.Indexed;
import io.trails.TextStyle.Rgb;
import io.trails.TrailsException;
import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.pane.PrivateTmux;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PaneScreenTest {
    private static final String END = "\u001b]2;done\u0007";

    private static final Duration SOON = Duration.ofSeconds(30);

    private static PrivateTmux tmux;
    private static int panes;

    @BeforeAll
    @BeforeContainer
    static void start() {
        PrivateTmux.need();
        tmux = new PrivateTmux();
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        if (tmux != null) tmux.close();
    }

    /** A pane in which that was printed, byte for byte. */
    private static String printed(int columns, int rows, String text) throws IOException {
        Path file = tmux.directory().resolve("print" + ++panes);
        Files.write(file, (text + END).getBytes(StandardCharsets.UTF_8));
        String pane = tmux.pane(columns, rows, "stty raw -echo; cat '" + file + "'; exec sleep 300");
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> tmux.ok("display-message", "-p", "-t", pane, "#{pane_title}")
                        .get(0)
                        .equals("done"));
        return pane;
    }

    private static StyledScreen styled(String pane) {
        return PaneScreen.styled(tmux.send(PaneScreen.commands(pane)));
    }

    private static StyledScreen show(String text) throws IOException {
        return styled(printed(40, 6, text));
    }

    private static TextStyle of(Attribute... attributes) {
        return new TextStyle(Optional.empty(), Optional.empty(), Set.of(attributes));
    }

    @Test
    void a_screen_has_its_text_size_and_cursor() throws IOException {
        Screen screen = show("one  \r\n\r\n  two  ").screen();
        assertThat(screen.lines()).containsExactly("one", "", "  two", "", "", "");
        assertThat(screen.columns()).isEqualTo(40);
        assertThat(screen.rows()).isEqualTo(6);
        assertThat(screen.cursor()).contains(new Screen.Cursor(2, 7));
        assertThat(screen.alternate()).isFalse();
    }

    @Test
    void columns_are_cells() throws IOException {
        assertThat(show("\u4f60\u597de\u0301").screen().cursor()).contains(new Screen.Cursor(0, 5));
        assertThat(show("a\tb").screen().lines().get(0)).isEqualTo("a       b");
        assertThat(show("\u4f60\tb").screen().lines().get(0)).isEqualTo("\u4f60      b");
        assertThat(show("x".repeat(40)).screen().cursor()).contains(new Screen.Cursor(0, 39));
    }

    @Test
    void the_alternate_screen_is_told() throws IOException {
        Screen screen = show("before\u001b[?1049h\u001b[Hfull").screen();
        assertThat(screen.alternate()).isTrue();
        assertThat(screen.lines().get(0)).isEqualTo("full");
    }

    @Test
    void line_drawing_is_what_a_person_sees() throws IOException {
        assertThat(show("\u001b(0lqk\u001b(Bq\r\n\u001b(0x\u001b(B").screen().lines())
                .startsWith("\u250c\u2500\u2510q", "\u2502");
    }

    @Test
    void colours_and_attributes_are_told() throws IOException {
        assertThat(show("a\u001b[31mb\u001b[1;94;48;5;200mc\u001b[0;38;2;1;2;3md\u001b[me")
                        .rows()
                        .get(0))
                .containsExactly(
                        new Run("a", TextStyle.PLAIN),
                        new Run("b", new TextStyle(Optional.of(new Indexed(1)), Optional.empty(), Set.of())),
                        new Run(
                                "c",
                                new TextStyle(
                                        Optional.of(new Indexed(12)),
                                        Optional.of(new Indexed(200)),
                                        Set.of(Attribute.BOLD))),
                        new Run("d", new TextStyle(Optional.of(new Rgb(1, 2, 3)), Optional.empty(), Set.of())),
                        new Run("e", TextStyle.PLAIN));
    }

    @Test
    void every_attribute_is_told_and_ends() throws IOException {
        assertThat(show("\u001b[1mb\u001b[0;2md\u001b[0;3mi\u001b[0;4mu\u001b[0;5mk\u001b[0;7mr\u001b[0;8mh\u001b[0;9ms"
                                + "\u001b[0;4:3mc\u001b[0;53mo\u001b[0mp")
                        .rows()
                        .get(0))
                .containsExactly(
                        new Run("b", of(Attribute.BOLD)),
                        new Run("d", of(Attribute.DIM)),
                        new Run("i", of(Attribute.ITALIC)),
                        new Run("u", of(Attribute.UNDERLINE)),
                        new Run("k", of(Attribute.BLINK)),
                        new Run("r", of(Attribute.REVERSE)),
                        new Run("h", of(Attribute.HIDDEN)),
                        new Run("s", of(Attribute.STRIKETHROUGH)),
                        new Run("c", of(Attribute.UNDERLINE)),
                        new Run("op", TextStyle.PLAIN));
    }

    @Test
    void a_look_goes_on_over_lines_and_blanks_at_their_end_do_not_count() throws IOException {
        List<List<Run>> rows =
                show("\u001b[2mone   \r\n   \r\ntwo\u001b[44m   \u001b[0m").rows();
        assertThat(rows.get(0)).containsExactly(new Run("one", of(Attribute.DIM)));
        assertThat(rows.get(1)).isEmpty();
        assertThat(rows.get(2)).containsExactly(new Run("two", of(Attribute.DIM)));
    }

    @Test
    void a_person_in_copy_mode_in_a_split_window_changes_only_the_size() throws IOException {
        String pane = printed(40, 6, "one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix\r\nseven");
        StyledScreen before = styled(pane);
        tmux.ok("copy-mode", "-t", pane);
        tmux.ok("send-keys", "-X", "-t", pane, "history-top");
        assertThat(styled(pane)).isEqualTo(before);
        assertThat(PaneScreen.state(tmux.send(List.of(PaneScreen.stateCommand(pane)))
                                .get(0))
                        .covered())
                .isTrue();
        tmux.ok("split-window", "-h", "-t", pane, "sleep", "300");
        Screen split = styled(pane).screen();
        assertThat(split.columns()).isLessThan(40);
        assertThat(split.lines()).isEqualTo(before.screen().lines());
    }

    @Test
    void history_ends_with_the_screen() throws IOException {
        var text = new StringBuilder();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            text.append(i == 0 ? "" : "\r\n").append("line ").append(i);
            expected.add("line " + i);
        }
        String pane = printed(40, 6, text.toString());
        assertThat(history(pane, 1)).containsExactly("line 99");
        assertThat(history(pane, 6)).isEqualTo(expected.subList(94, 100));
        assertThat(history(pane, 50)).isEqualTo(expected.subList(50, 100));
        assertThat(history(pane, Integer.MAX_VALUE)).isEqualTo(expected);
    }

    private static List<String> history(String pane, int most) {
        return PaneScreen.history(tmux.send(PaneScreen.historyCommands(pane, most)), most);
    }

    @Test
    void an_ended_program_leaves_its_screen() throws Exception {
        assumeTrue(tmux.version().isAtLeast(3, 3), "tmux before 3.3 writes on it");
        // On a busy machine tmux may lose what is printed just before the end.
        Path gate = tmux.directory().resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor())
                .isZero();
        String pane = tmux.pane(40, 6, "printf last; read line <'" + gate + "'");
        await().atMost(SOON)
                .until(() -> tmux.ok("capture-pane", "-p", "-t", pane).get(0).equals("last"));
        Files.writeString(gate, "go on\n");
        await().atMost(SOON)
                .until(() -> PaneScreen.state(tmux.send(List.of(PaneScreen.stateCommand(pane)))
                                .get(0))
                        .dead());
        assertThat(styled(pane).screen().lines().get(0)).isEqualTo("last");
    }

    @Property(tries = 40)
    void whatever_a_program_prints_the_screen_holds_together(@ForAll("output") String output) throws IOException {
        String pane = printed(30, 8, output);
        StyledScreen styled = styled(pane);
        Screen screen = styled.screen();
        assertThat(screen.columns()).isEqualTo(30);
        assertThat(screen.rows()).isEqualTo(8);
        assertThat(screen.lines()).hasSize(8);
        assertThat(styled.rows().stream().map(StyledText::plain)).isEqualTo(screen.lines());
        List<String> plain = tmux.ok("capture-pane", "-p", "-t", pane);
        for (int row = 0; row < 8 && !output.contains("\u001b(0"); row++) {
            // Newer ones give control characters as they were printed.
            if (plain.get(row).chars().anyMatch(Character::isISOControl)) continue;
            assertThat(screen.lines().get(row)).isEqualTo(plain.get(row).stripTrailing());
        }
        assertThat(screen.lines()).allMatch(line -> line.equals(line.stripTrailing()));
        assertThat(screen.cursor()).hasValueSatisfying(cursor -> {
            assertThat(cursor.row()).isBetween(0, 7);
            assertThat(cursor.column()).isBetween(0, 29);
        });
        tmux.ok("kill-session", "-t", pane);
    }

    @Provide
    Arbitrary<String> output() {
        var sequences = Arbitraries.of(
                "\u001b[2J",
                "\u001b[H",
                "\u001b[5;10H",
                "\u001b[K",
                "\u001b[1;31m",
                "\u001b[38:2::1:2:3m",
                "\u001b[48;5;7m",
                "\u001b[0m",
                "\u001b[7;2m",
                "\u001b[?1049h",
                "\u001b[?1049l",
                "\u001b(0",
                "\u001b(B",
                "\u001b[4:3m",
                "\u001b[58:5:3m",
                "\u001b[53m",
                "\u001b]8;;http://x\u001b\\",
                "\u001b]8;;\u001b\\",
                "\u001bM",
                "\u001b[3L",
                "\u001b[2P",
                "\u001b[2;4r",
                "\u001b[?6h",
                "\u001bH",
                "\u001b[3g",
                "\u001b#8",
                "\u001b[100C",
                "\u001b[b");
        var texts = Arbitraries.of(
                "word",
                "a\tb",
                "\r\n",
                "\n",
                "\u4f60\u597d",
                "e\u0301",
                "\ud83d\ude00",
                "\ud83d\udc68\u200d\ud83d\udc69",
                "x".repeat(45),
                "%end 1 2 1",
                "\b",
                "\u200b",
                "\u00a0",
                "   ",
                "\u3000");
        var characters = Arbitraries.integers()
                .between(1, 0x10ffff)
                .filter(c -> c < 0xd800 || c > 0xdfff)
                .map(Character::toString);
        return Arbitraries.oneOf(sequences, texts, characters)
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts) + "\u0018\u001b\\");
    }

    @Property
    void garbage_is_a_screen_or_unreachable(
            @ForAll boolean ok, @ForAll List<String> state, @ForAll("garbage") List<String> lines) {
        for (List<String> first : List.of(state, List.of("5,3,9,9,0,,,"), List.of("5,3,1,1,0,0,0,0"))) {
            var replies = List.of(new Reply(true, first), new Reply(ok, lines));
            try {
                StyledScreen styled = PaneScreen.styled(replies);
                assertThat(styled.screen().lines()).hasSize(3);
                assertThat(styled.rows()).hasSize(3);
                PaneScreen.history(replies, 2);
            } catch (TrailsException e) {
                assertThat(e.code()).isEqualTo("terminal.unreachable");
            }
        }
    }

    @Provide
    Arbitrary<List<String>> garbage() {
        return Arbitraries.of(
                        "\u001b",
                        "[",
                        "]",
                        "m",
                        "38",
                        ";",
                        ":",
                        "2",
                        "5",
                        "999999999999",
                        "-",
                        "\u0007",
                        "\\",
                        "a",
                        "\t",
                        "\u000e",
                        "\u000f",
                        "\ud83d",
                        "\ude00",
                        "\u0000",
                        " ",
                        "48",
                        "\u009b",
                        "P")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts))
                .list()
                .ofMaxSize(5);
    }

    @Test
    void a_wrong_number_of_replies_is_unreachable() {
        for (List<Reply> replies : List.of(List.<Reply>of(), List.of(new Reply(false, List.of("no pane"))))) {
            assertThatThrownBy(() -> PaneScreen.screen(replies))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("terminal.unreachable"));
        }
    }
}
