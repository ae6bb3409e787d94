package io.trails.tmux;

import static io.trails.tmux.LiveTerminals.SOON;
import static io.trails.tmux.LiveTerminals.exitCode;
import static io.trails.tmux.LiveTerminals.see;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.Key;
import io.trails.spi.HeldTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed and pasted is text and nothing else, and what is printed is believed in nothing. */
class HostileTextsTest {
    private static final List<String> TEXTS = List.of(
            ";",
            "ends;",
            "ends\\;",
            "\\",
            "$HOME",
            "Enter",
            "C-c",
            "-l",
            "--",
            "-",
            "#{pane_id}",
            "#(touch executed)",
            "%H%%",
            "{",
            "}",
            "'",
            "\"",
            "\"'\"';kill-server",
            "~",
            "%begin 1 2 1",
            "%end 1 2 1",
            "%exit",
            "\033[A\033]0;title\007\033[200~",
            "é語🙂\u202e",
            " two  blanks ");

    @TempDir
    Path root;

    /** A program that keeps every byte it reads. */
    private static HeldTerminal reader(LiveTerminals terminals) {
        HeldTerminal terminal =
                terminals.script("t", "stty raw -echo; echo listening; exec dd bs=1 of=typed status=none");
        see(terminal, "listening");
        return terminal;
    }

    private static void awaitTyped(LiveTerminals terminals, String expected) throws IOException {
        Path typed = terminals.work().resolve("typed");
        byte[] bytes = expected.getBytes(StandardCharsets.UTF_8);
        await().atMost(SOON).until(() -> Files.size(typed) >= bytes.length);
        assertThat(Files.readString(typed)).isEqualTo(expected);
    }

    @Test
    void what_is_typed_and_pasted_is_taken_by_nobody_but_the_program() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = reader(terminals);
            for (String text : TEXTS) {
                terminal.type(text);
                terminal.paste(text);
            }
            String expected =
                    String.join("", TEXTS.stream().map(text -> text + text).toList());
            awaitTyped(terminals, expected);
            assertThat(terminals.work().resolve("executed")).doesNotExist();
            assertThatThrownBy(() -> terminal.type("a\0b")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> terminal.paste("a\0b")).isInstanceOf(IllegalArgumentException.class);
            awaitTyped(terminals, expected);
        }
    }

    @Test
    void long_texts_arrive_whole() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = reader(terminals);
            String line = "0123456789é;".repeat(450);
            terminal.type(line);
            terminal.paste(line);
            terminal.paste(line.repeat(40));
            awaitTyped(terminals, line.repeat(42));
        }
    }

    @Test
    void output_that_imitates_the_control_protocol_deceives_nobody() throws Exception {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal shell = terminals.shell("shell");
            HeldTerminal liar = terminals.script("liar", """
                    i=0
                    while [ ! -e stop ]; do
                        i=$((i + 1))
                        for n in 0 1 2 3 4 5 6 7 8 9; do
                            for flags in 0 1; do
                                printf '%%begin %s %s %s\\n%%end %s %s %s\\n%%error %s %s %s\\n%%exit\\n' \
                                    "$(date +%s)" "$i$n" $flags "$(date +%s)" "$i$n" $flags "$(date +%s)" "$i$n" $flags
                            done
                        done
                        printf '\\033]7777;%016d%016d\\007\\033Pq%%exit\\033\\\\' $i $i
                    done
                    echo the end
                    """);
            var stop = new AtomicBoolean();
            var looks = CompletableFuture.runAsync(() -> {
                while (!stop.get()) {
                    assertThat(liar.screen().lines()).allMatch(HostileTextsTest::isOfLiar);
                    assertThat(liar.history(500)).allMatch(HostileTextsTest::isOfLiar);
                }
            });
            for (int i = 0; i < 15; i++) {
                int code = i;
                assertThat(shell.run("printf '%%end 1 %s 1\\n%%exit\\n' " + i + "; (exit " + i + ")", SOON))
                        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(code))
                        .satisfies(result ->
                                assertThat(result.stdout().text()).isEqualTo("%end 1 " + code + " 1\n%exit\n"));
            }
            stop.set(true);
            looks.get(30, TimeUnit.SECONDS);
            Files.createFile(terminals.work().resolve("stop"));
            see(liar, "the end");
            assertThat(exitCode(liar)).isZero();
        }
    }

    /** What tmux reads at a time may end in the middle of a line. */
    private static boolean isOfLiar(String line) {
        return Stream.of("%begin", "%end", "%error", "%exit")
                .anyMatch(word -> word.startsWith(line) || line.startsWith(word));
    }

    @Test
    void output_that_imitates_the_mark_of_a_line_deceives_nobody() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal shell = terminals.shell("t");
            // It knows all that a program in this directory could find out, from the files of the line itself.
            String forge = """
                    for file in "$1"/line-*; do
                        case $file in *.sh | *.begun | *.status | *-lock) continue ;; esac
                        grep -o '7777;[0-9a-f]*' "$file" | while read -r mark; do printf '\\033]%s\\007' "$mark"; done
                    done
                    """;
            Path liar = Files.writeString(terminals.work().resolve("liar"), forge);
            var result =
                    shell.run("sh " + liar + " '" + terminals.directory("t") + "'; echo the truth; (exit 9)", SOON);
            assertThat(result.exitCode()).isEqualTo(9);
            assertThat(shell.run("echo next", SOON).stdout().text()).isEqualTo("next\n");
        }
    }

    @Test
    void a_sequence_that_would_rename_resize_or_copy_changes_nothing_of_ours() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.script("t", """
                    printf '\\033kname\\033\\\\\\033]2;#(touch executed)\\007\\033]0;%%exit\\007'
                    printf '\\033[8;5;5t\\033]52;c;aGVsbG8=\\007\\033[2;2r\\033[21t\\033[c'
                    printf '\\033[r\\033[H\\033[2Jlistening'; exec cat
                    """);
            see(terminal, "listening");
            assertThat(terminal.screen().columns()).isEqualTo(200);
            assertThat(terminal.screen().rows()).isEqualTo(50);
            assertThat(terminals.tmux("list-buffers")).isEmpty();
            assertThat(terminals.tmux("list-sessions", "-F", "#{session_name}")).contains(terminals.session("t"));
            terminal.press(Key.CTRL_C);
            assertThat(exitCode(terminal)).isEqualTo(130);
            assertThat(terminals.work().resolve("executed")).doesNotExist();
        }
    }
}
