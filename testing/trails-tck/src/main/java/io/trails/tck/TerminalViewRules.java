package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Key;
import io.trails.Screen;
import io.trails.StyledScreen;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import io.trails.TextStyle;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules of a terminal about what a person would see. */
abstract class TerminalViewRules extends TerminalDeviceRules {
    private static final int PRINTED_LINES = 300;

    TerminalViewRules() {}

    @Test
    @Rule("T-21")
    final void the_screen_is_drawn_with_the_cursor() throws IOException {
        assumeCapability(TerminalCapability.SCREEN);
        TerminalLife life = created(
                "drawn", "printf 'overwritten\\rOver\\033[5;10Hhere\\033[7;1Hgone\\033[2K\\033[6;3H'; exec sleep 300");
        Screen screen = life.terminal()
                .await(
                        shown -> shown.contains("here") && shown.cursor().equals(Optional.of(new Screen.Cursor(5, 2))),
                        Patience.limit());
        assertThat(screen.lines().get(0)).isEqualTo("Overwritten");
        assertThat(screen.lines().get(4)).isEqualTo(" ".repeat(9) + "here");
        assertThat(screen.contains("gone")).as(screen.text()).isFalse();
        assertThat(screen.alternate()).isFalse();
    }

    @Test
    @Rule("T-21")
    final void a_full_screen_program_has_a_screen_of_its_own_and_gives_the_other_one_back() throws IOException {
        assumeCapability(TerminalCapability.SCREEN);
        TerminalLife life = created(
                "alternate",
                "echo below; read x; printf '\\033[?1049h\\033[Hon top'; read x; printf '\\033[?1049l'; exec sleep"
                        + " 300");
        life.see("below");
        life.terminal().type("\n");
        Screen full = life.terminal().await(Screen::alternate, Patience.limit());
        assertThat(full.contains("below")).as(full.text()).isFalse();
        life.see("on top");
        life.terminal().type("\n");
        Screen normal = life.terminal().await(screen -> !screen.alternate(), Patience.limit());
        assertThat(normal.contains("below")).as(normal.text()).isTrue();
        assertThat(normal.contains("on top")).as(normal.text()).isFalse();
    }

    @Test
    @Rule("T-22")
    final void styles_are_those_the_program_asked_for_and_their_texts_are_the_rows() throws IOException {
        assumeCapability(TerminalCapability.STYLES);
        TerminalLife life = created(
                "styles",
                "printf 'plain \\033[1;31mred\\033[0m \\033[4;48;5;17mdeep\\033[0m \\033[38;2;1;2;3mrgb\\033[0m é\\n'; "
                        + ECHO);
        life.see("listening");
        StyledScreen styled = life.terminal().styledScreen();
        assertThat(styled.screen()).isEqualTo(life.terminal().screen());
        assertThat(rows(styled)).isEqualTo(styled.screen().lines());
        assertThat(styleOf("plain", styled)).isEqualTo(TextStyle.PLAIN);
        var red = new TextStyle(
                Optional.of(new TextStyle.Indexed(1)), Optional.empty(), Set.of(TextStyle.Attribute.BOLD));
        assertThat(styleOf("red", styled)).isEqualTo(red);
        var deep = new TextStyle(
                Optional.empty(), Optional.of(new TextStyle.Indexed(17)), Set.of(TextStyle.Attribute.UNDERLINE));
        assertThat(styleOf("deep", styled)).isEqualTo(deep);
        assertThat(styleOf("rgb", styled).foreground()).contains(new TextStyle.Rgb(1, 2, 3));
    }

    private static List<String> rows(StyledScreen styled) {
        return styled.rows().stream()
                .map(row -> row.stream().map(StyledScreen.Run::text).collect(Collectors.joining()))
                .toList();
    }

    private static TextStyle styleOf(String text, StyledScreen styled) {
        return styled.rows().stream()
                .flatMap(List::stream)
                .filter(run -> run.text().contains(text))
                .map(StyledScreen.Run::style)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Rule("T-23")
    final void the_history_has_what_left_the_screen_from_the_first_line_on() throws IOException {
        assumeCapability(TerminalCapability.HISTORY);
        TerminalLife life = created(
                "history",
                "i=0; while [ $i -lt " + PRINTED_LINES + " ]; do i=$((i+1)); echo \"line $i\"; done; " + ECHO);
        life.see("listening");
        Terminal terminal = life.terminal();
        assertThat(terminal.screen().contains("line 1"))
                .as("still on the screen")
                .isFalse();
        List<String> all = terminal.history(10 * PRINTED_LINES);
        List<String> printed = IntStream.rangeClosed(1, PRINTED_LINES)
                .mapToObj(i -> "line " + i)
                .toList();
        assertThat(all.subList(0, PRINTED_LINES)).isEqualTo(printed);
        assertThat(all).hasSize(PRINTED_LINES + 1).endsWith("listening");
        assertThat(terminal.history(3))
                .containsExactly("line " + (PRINTED_LINES - 1), "line " + PRINTED_LINES, "listening");
    }

    @Test
    @Rule("T-23")
    final void the_history_ends_with_the_last_line_that_is_not_empty() throws IOException {
        assumeCapability(TerminalCapability.HISTORY);
        TerminalLife life = created("short", "echo one; echo; echo two; " + ECHO);
        life.see("listening");
        assertThat(life.terminal().history(3)).containsExactly("", "two", "listening");
        assertThat(life.terminal().history(70)).containsExactly("one", "", "two", "listening");
    }

    @Test
    @Rule("T-23")
    final void the_history_of_an_ended_program_stays() throws IOException {
        assumeCapability(TerminalCapability.HISTORY);
        TerminalLife life = created("past", "i=0; while [ $i -lt 100 ]; do i=$((i+1)); echo \"line $i\"; done");
        life.awaitExit();
        assertThat(life.terminal().history(1_000)).contains("line 1", "line 50", "line 100");
    }

    @Test
    @Rule("T-09")
    final void an_ended_program_takes_no_new_size_and_what_it_showed_stays() throws IOException {
        TerminalLife life = created("over", "echo last words; exit 0");
        life.awaitExit();
        Terminal terminal = life.terminal();
        var can = terminal.capabilities();
        if (can.contains(TerminalCapability.RESIZE)) {
            assertThat(TerminalLife.codeOf(() -> terminal.resize(90, 30))).isEqualTo("terminal.ended");
        }
        if (can.contains(TerminalCapability.KEYS)) {
            assertThat(TerminalLife.codeOf(() -> terminal.press(Key.UP))).isEqualTo("terminal.ended");
        }
        if (can.contains(TerminalCapability.STYLES)) {
            assertThat(terminal.styledScreen().screen().contains("last words")).isTrue();
        }
        if (can.contains(TerminalCapability.HISTORY))
            assertThat(terminal.history(9)).contains("last words");
        assertThat(terminal.screen().contains("last words")).isTrue();
    }
}
