package io.trails.tmux.internal.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.trails.Key;
import io.trails.Key.Modifier;
import io.trails.TrailsException;
import io.trails.tmux.internal.pane.PrivateTmux;
import io.trails.tmux.internal.server.TmuxVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static PrivateTmux tmux;
    private static Receiver receiver;

    @BeforeAll
    static void start() {
        PrivateTmux.need();
        tmux = new PrivateTmux();
        receiver = new Receiver(tmux, "");
    }

    @AfterAll
    static void stop() {
        if (tmux != null) tmux.close();
    }

    private static void assertSent(List<Key> keys, String expected) {
        byte[] bytes = expected.getBytes(UTF_8);
        tmux.send(Keys.commands(receiver.pane, keys, tmux.version()));
        assertThat(new String(receiver.next(bytes.length), UTF_8))
                .as("%s", keys)
                .isEqualTo(expected);
    }

    /** What xterm calls a modifier: 1 and the sum of 1 for Shift, 2 for Alt and 4 for Ctrl. */
    private static int parameter(Set<Modifier> modifiers) {
        return 1
                + (modifiers.contains(Modifier.SHIFT) ? 1 : 0)
                + (modifiers.contains(Modifier.ALT) ? 2 : 0)
                + (modifiers.contains(Modifier.CTRL) ? 4 : 0);
    }

    private static List<Set<Modifier>> allModifiers() {
        var all = new ArrayList<Set<Modifier>>();
        all.add(Set.of());
        for (Modifier each : Modifier.values()) {
            for (Set<Modifier> others : List.copyOf(all)) {
                var with = EnumSet.of(each);
                with.addAll(others);
                all.add(with);
            }
        }
        return all;
    }

    @Test
    void cursor_and_function_keys_send_what_terminals_send_with_all_modifiers() {
        var keys = new ArrayList<Key>();
        var expected = new StringBuilder();
        String[] letters = {"Up A", "Down B", "Right C", "Left D", "F1 P", "F2 Q", "F3 R", "F4 S", "Home H", "End F"};
        String[] numbers = {
            "Insert 2",
            "Delete 3",
            "PageUp 5",
            "PageDown 6",
            "F5 15",
            "F6 17",
            "F7 18",
            "F8 19",
            "F9 20",
            "F10 21",
            "F11 23",
            "F12 24"
        };
        for (Set<Modifier> modifiers : allModifiers()) {
            int parameter = parameter(modifiers);
            for (String each : letters) {
                String name = each.substring(0, each.indexOf(' '));
                String letter = each.substring(each.indexOf(' ') + 1);
                keys.add(new Key(name, modifiers));
                if (parameter > 1)
                    expected.append("\u001b[1;").append(parameter).append(letter);
                else if (name.startsWith("F")) expected.append("\u001bO").append(letter);
                // What terminfo says of the terminal that tmux is.
                else if (letter.equals("H")) expected.append("\u001b[1~");
                else if (letter.equals("F")) expected.append("\u001b[4~");
                else expected.append("\u001b[").append(letter);
            }
            for (String each : numbers) {
                keys.add(new Key(each.substring(0, each.indexOf(' ')), modifiers));
                expected.append("\u001b[").append(each.substring(each.indexOf(' ') + 1));
                if (parameter > 1) expected.append(';').append(parameter);
                expected.append('~');
            }
        }
        assertSent(keys, expected.toString());
    }

    @Test
    void a_program_that_asked_for_application_keys_gets_them() {
        var asking = new Receiver(tmux, "\\033[?1h");
        tmux.send(Keys.commands(asking.pane, List.of(Key.UP, Key.LEFT, Key.UP.ctrl()), tmux.version()));
        assertThat(new String(asking.next(12), UTF_8)).isEqualTo("\u001bOA\u001bOD\u001b[1;5A");
    }

    @Test
    void named_keys_send_their_character() {
        assertSent(
                List.of(Key.ENTER, Key.TAB, Key.ESCAPE, Key.BACKSPACE, Key.CTRL_C, Key.CTRL_D),
                "\r\t\u001b\u007f\u0003\u0004");
        assertSent(
                List.of(Key.ENTER.alt(), Key.TAB.alt(), Key.ESCAPE.alt(), Key.BACKSPACE.alt()),
                "\u001b\r\u001b\t\u001b\u001b\u001b\u007f");
        assertSent(List.of(Key.BACKSPACE.ctrl(), Key.BACKSPACE.ctrl().alt(), Key.TAB.shift()), "\b\u001b\b\u001b[Z");
    }

    @Test
    void all_printable_characters_are_keys() {
        var keys = new ArrayList<Key>();
        var expected = new StringBuilder();
        for (char c = ' '; c <= '~'; c++) {
            keys.add(Key.of(c));
            keys.add(Key.of(c).alt());
            expected.append(c).append('\u001b').append(c);
        }
        keys.add(new Key("\ud83d\ude00", Set.of()));
        keys.add(Key.of('\u00e9').alt());
        keys.add(Key.of('\u00e9').shift());
        expected.append("\ud83d\ude00\u001b\u00e9\u00c9");
        assertSent(keys, expected.toString());
    }

    @Test
    void control_gives_control_characters() {
        var keys = new ArrayList<Key>();
        var expected = new StringBuilder();
        for (char c = 'a'; c <= 'z'; c++) {
            keys.addAll(List.of(
                    Key.of(c).ctrl(),
                    Key.of(Character.toUpperCase(c)).ctrl(),
                    Key.of(c).ctrl().alt()));
            char control = (char) (c - 'a' + 1);
            expected.append(control).append(control).append('\u001b').append(control);
        }
        String characters = "@ 2[3\\4]5^6_7/8?";
        String controls = "\0\0\0\u001b\u001b\u001c\u001c\u001d\u001d\u001e\u001e\u001f\u001f\u001f\u007f\u007f";
        for (int i = 0; i < characters.length(); i++) {
            keys.add(Key.of(characters.charAt(i)).ctrl());
            expected.append(controls.charAt(i));
        }
        for (char c = 'a'; c <= 'z'; c++) {
            keys.add(Key.of(c).shift());
            keys.add(Key.of(c).shift().alt());
            expected.append(Character.toUpperCase(c)).append('\u001b').append(Character.toUpperCase(c));
        }
        assertSent(keys, expected.toString());
    }

    @Test
    void the_oldest_tmux_is_sent_the_same() {
        var keys = List.of(
                Key.of(';'),
                Key.of('-'),
                Key.of(' ').ctrl(),
                Key.ESCAPE,
                Key.UP,
                Key.of('\u00e9').alt());
        // 3.2 knows no 0x0, and is not sent it.
        assumeFalse(tmux.version().equals(new TmuxVersion(3, 2)), "3.2 reads codes of keys in its own way");
        tmux.send(Keys.commands(receiver.pane, keys, new TmuxVersion(3, 0)));
        String expected = ";-\0\u001b\u001b[A\u001b\u00e9";
        assertThat(new String(receiver.next(expected.getBytes(UTF_8).length), UTF_8))
                .isEqualTo(expected);
    }

    @Test
    void a_person_in_copy_mode_or_a_menu_does_not_keep_keys_from_the_program() {
        tmux.ok("copy-mode", "-t", receiver.pane);
        assertSent(List.of(Key.of('q'), Key.DOWN), "q\u001b[B");
        if (!tmux.version().isAtLeast(3, 2)) return;
        tmux.ok("clock-mode", "-t", receiver.pane);
        assertSent(List.of(Key.ENTER), "\r");
    }

    @Test
    void what_no_terminal_sends_is_refused_with_a_reason() {
        for (Key key : List.of(
                Key.ENTER.shift(),
                Key.ENTER.ctrl(),
                Key.TAB.ctrl(),
                Key.ESCAPE.shift(),
                Key.BACKSPACE.shift(),
                Key.of('a').ctrl().shift(),
                Key.of('1').ctrl(),
                Key.of(';').ctrl(),
                Key.of('\u00e9').ctrl(),
                Key.of('1').shift(),
                Key.of('\n'),
                Key.of('\ud83d'),
                new Key("F13", Set.of()),
                new Key("C-c", Set.of()),
                new Key("MouseDown1Pane", Set.of()))) {
            assertThatThrownBy(() -> Keys.commands("%1", List.of(key), tmux.version()))
                    .as("%s", key)
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("terminal.unsupported"));
        }
    }
}
