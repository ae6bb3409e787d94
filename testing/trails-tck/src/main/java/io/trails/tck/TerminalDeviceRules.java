package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Command;
import io.trails.Key;
import io.trails.Screen;
import io.trails.TerminalCapability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of a terminal about the device that its program sees, and about what comes from its keyboard. */
abstract class TerminalDeviceRules extends TerminalEndRules {
    /** Takes every byte as it comes, where there is a device to be told so. */
    private static final String RAW = "stty raw -echo 2>/dev/null; ";

    private static final String PASTE_BEGINS = "\u001b[200~";
    private static final String PASTE_ENDS = "\u001b[201~";

    /**
     * What xterm sends, in hexadecimal, while no program has asked for anything else. Where terminals differ in their terminfo,
     * as they do about Home, each way counts.
     */
    private static final Map<Key, List<String>> BYTES = Map.ofEntries(
            Map.entry(Key.ENTER, List.of("0d")),
            Map.entry(Key.TAB, List.of("09")),
            Map.entry(Key.TAB.shift(), List.of("1b5b5a")),
            Map.entry(Key.SPACE, List.of("20")),
            Map.entry(Key.ESCAPE, List.of("1b")),
            Map.entry(Key.BACKSPACE, List.of("7f", "08")),
            Map.entry(Key.DELETE, List.of("1b5b337e")),
            Map.entry(Key.INSERT, List.of("1b5b327e")),
            Map.entry(Key.UP, List.of("1b5b41")),
            Map.entry(Key.DOWN, List.of("1b5b42")),
            Map.entry(Key.RIGHT, List.of("1b5b43")),
            Map.entry(Key.LEFT, List.of("1b5b44")),
            Map.entry(Key.UP.ctrl(), List.of("1b5b313b3541")),
            Map.entry(Key.LEFT.alt(), List.of("1b5b313b3344")),
            Map.entry(Key.HOME, List.of("1b5b48", "1b5b317e")),
            Map.entry(Key.END, List.of("1b5b46", "1b5b347e")),
            Map.entry(Key.PAGE_UP, List.of("1b5b357e")),
            Map.entry(Key.PAGE_DOWN, List.of("1b5b367e")),
            Map.entry(Key.f(1), List.of("1b4f50", "1b5b31317e")),
            Map.entry(Key.f(5), List.of("1b5b31357e")),
            Map.entry(Key.f(12), List.of("1b5b32347e")),
            Map.entry(Key.CTRL_C, List.of("03")),
            Map.entry(Key.CTRL_D, List.of("04")),
            Map.entry(Key.of('x').alt(), List.of("1b78")),
            Map.entry(Key.of('x'), List.of("78")),
            Map.entry(Key.of('é'), List.of("c3a9")));

    TerminalDeviceRules() {}

    /** What the program wrote to a file, once it ends so. */
    final String received(String file, String end) {
        String[] last = {""};
        Patience.within(Patience.limit(), () -> {
            last[0] = bytesOf(file);
            return last[0].endsWith(end);
        });
        return last[0];
    }

    private String bytesOf(String file) {
        try {
            String hex = sandbox().sh("od -An -v -tx1 \"$1\" 2>/dev/null || :", file);
            return new String(HexFormat.of().parseHex(hex.replaceAll("\\s", "")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Rule("T-17")
    final void the_program_sees_a_device_of_the_size_that_the_screen_has() throws IOException {
        assumeCapability(TerminalCapability.TTY);
        String script = "[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo a device; stty size; " + ECHO;
        TerminalLife life = life(request("device")
                .size(101, 33)
                .command(Command.of("sh", "-c", script).environment(System.getenv()))
                .build());
        life.create();
        life.see("listening");
        Screen screen = life.terminal().screen();
        assertThat(screen.lines()).contains("a device", "33 101");
        assertThat(screen.columns()).isEqualTo(101);
        assertThat(screen.rows()).isEqualTo(33);
    }

    @Test
    @Rule("T-18")
    final void a_new_size_is_told_to_the_program_and_shown() throws IOException {
        assumeCapability(TerminalCapability.RESIZE);
        TerminalLife life =
                created("resized", "trap 'echo now $(stty size)' WINCH; echo ready; while :; do sleep 0.05; done");
        life.see("ready");
        life.terminal().resize(90, 31);
        life.see("now 31 90");
        assertSize(life.terminal().screen(), 90, 31);
        life.terminal().resize(120, 40);
        life.see("now 40 120");
        life.open();
        assertSize(life.terminal().screen(), 120, 40);
    }

    private static void assertSize(Screen screen, int columns, int rows) {
        assertThat(screen.columns()).isEqualTo(columns);
        assertThat(screen.rows()).isEqualTo(rows);
    }

    @Test
    @Rule("T-19")
    final void every_key_sends_what_it_sends_in_xterm() throws IOException {
        assumeCapability(TerminalCapability.KEYS);
        TerminalLife life = created("keys", RAW + "echo listening; exec cat > keys");
        life.see("listening");
        List<Key> order = List.copyOf(BYTES.keySet());
        List<Key> presses = new ArrayList<>();
        for (Key key : order) presses.addAll(List.of(key, Key.of(',')));
        presses.add(Key.of('!'));
        life.terminal().press(presses.toArray(new Key[0]));
        String[] sent = received("keys", "!").split(",", -1);
        assertThat(sent).hasSize(order.size() + 1);
        for (int i = 0; i < order.size(); i++) {
            assertThat(hex(sent[i])).as("what %s sends", order.get(i)).isIn(BYTES.get(order.get(i)));
        }
    }

    @Test
    @Rule("T-19")
    final void a_key_sends_what_the_program_asked_for() throws IOException {
        assumeCapability(TerminalCapability.KEYS);
        TerminalLife life = created("application", RAW + "printf '\\033[?1h'; echo listening; exec cat > application");
        life.see("listening");
        life.terminal().press(Key.UP, Key.of('!'));
        assertThat(hex(received("application", "!"))).isEqualTo("1b4f4121");
    }

    @Test
    @Rule("T-20")
    final void a_paste_is_in_brackets_where_they_were_asked_for_and_cannot_end_them() throws IOException {
        assumeCapability(TerminalCapability.TTY);
        TerminalLife life = created("pasted", RAW + "printf '\\033[?2004h'; echo listening; exec cat > pasted");
        life.see("listening");
        life.terminal().paste("one\ntwo" + PASTE_ENDS + "\u001b[20" + PASTE_ENDS + "1~three é");
        life.terminal().type("!");
        String got = received("pasted", PASTE_ENDS + "!");
        assertThat(got).startsWith(PASTE_BEGINS + "one").endsWith("three é" + PASTE_ENDS + "!");
        String inside = got.substring(PASTE_BEGINS.length(), got.length() - PASTE_ENDS.length() - 1);
        assertThat(inside).contains("two").doesNotContain(PASTE_ENDS).doesNotContain(PASTE_BEGINS);
    }

    @Test
    @Rule("T-20")
    final void a_paste_is_without_brackets_where_nobody_asked_for_them() throws IOException {
        TerminalLife life = created("plain", RAW + "echo listening; exec cat > plain");
        life.see("listening");
        life.terminal().paste("one\n" + "é".repeat(3000) + "\nthree");
        life.terminal().type("!");
        String got = received("plain", "!");
        assertThat(got.replace('\r', '\n')).isEqualTo("one\n" + "é".repeat(3000) + "\nthree!");
    }
}
