package io.trails.tmux;

import static io.trails.tmux.LiveTerminals.SOON;
import static io.trails.tmux.LiveTerminals.codeOf;
import static io.trails.tmux.LiveTerminals.exitCode;
import static io.trails.tmux.LiveTerminals.see;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.Command;
import io.trails.Key;
import io.trails.RemovalPolicy;
import io.trails.spi.HeldTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs are started with, and how they end. */
class HostileProgramsTest {
    private static final String REPORT = "for a; do printf '%s\\0' \"$a\"; done > arguments";

    @TempDir
    Path root;

    @Test
    void every_argument_arrives_as_it_is() throws IOException {
        List<String> arguments = List.of(
                ";",
                "ends;",
                "\\;",
                "",
                "$HOME",
                "Enter",
                "C-c",
                "-X",
                "--",
                "#{pane_id}#(touch executed)",
                "%H",
                "two\nlines\n",
                "tab\t\001\033[31m\177",
                "é語🙂",
                "'",
                "\"`touch executed`\"",
                "x".repeat(20_000));
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.script("t", REPORT, arguments.toArray(String[]::new));
            assertThat(exitCode(terminal)).isZero();
            String report = Files.readString(terminals.work().resolve("arguments"));
            assertThat(List.of(report.split("\0", -1)).subList(0, arguments.size()))
                    .isEqualTo(arguments);
            assertThat(terminals.work().resolve("executed")).doesNotExist();
        }
    }

    @Test
    void every_variable_arrives_as_it_is_from_the_first_instruction_on() throws IOException {
        Map<String, String> wanted = new HashMap<>();
        wanted.put("QUOTES", "'\"`$(touch executed)$HOME\\");
        wanted.put("LINES_OF_IT", "one\ntwo\n\nthree\n");
        wanted.put("BIG", "0123456789".repeat(10_000));
        wanted.put("EMPTY", "");
        wanted.put("FORMAT", "#{pane_id}#(touch executed) %H;");
        wanted.put("IFS", "a/0");
        wanted.put("PATH", "");
        wanted.put("ENV", "/nowhere/$(touch executed)");
        wanted.put("BASH_ENV", "/nowhere/$(touch executed)");
        wanted.put("LANG", "$(touch executed)");
        wanted.put("CDPATH", "/");
        wanted.put("LD_LIBRARY_PATH", "/nowhere");
        wanted.put("OPTIND", "7");
        wanted.put("OPTARG", "x");
        wanted.put("PS1", "$(touch executed)");
        wanted.put("PS4", "$(touch executed)");
        wanted.put("SHELLOPTS", "xtrace");
        wanted.put("RANDOM", "4");
        wanted.put("LINENO", "7");
        wanted.put("SECONDS", "x");
        wanted.put("PPID", "1");
        wanted.put("MAIL", "x");
        wanted.put("MAILCHECK", "odd");
        wanted.put("HISTSIZE", "odd");
        wanted.put("ATTRS", "x");
        wanted.put("POSIXLY_CORRECT", "1");
        wanted.put("LC_ALL", "no_SUCH.locale");
        wanted.put("HOME", "/no where");
        wanted.put("_", "underscore");
        wanted.put("MULE", "é語🙂");
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.create(terminals
                    .request("t")
                    .command(Command.of("/bin/cat").environment(wanted).in(terminals.work()))
                    .build());
            Map<String, String> got = environment(terminals, "/bin/cat");
            for (Map.Entry<String, String> variable : wanted.entrySet()) {
                assertThat(got).containsEntry(variable.getKey(), variable.getValue());
            }
            assertThat(got.keySet()).noneMatch(name -> name.startsWith("trails_") || name.startsWith("TMUX"));
            terminal.press(Key.CTRL_D);
            assertThat(exitCode(terminal)).isZero();
        }
        try (var all = Files.walk(root)) {
            assertThat(all.filter(path -> path.endsWith("executed"))).isEmpty();
        }
    }

    private static Map<String, String> environment(LiveTerminals terminals, String program) throws IOException {
        await().atMost(SOON).until(() -> terminals.processes().containsValue(program + " "));
        for (Map.Entry<Long, String> process : terminals.processes().entrySet()) {
            if (!process.getValue().equals(program + " ")) continue;
            String all = Files.readString(Path.of("/proc/" + process.getKey() + "/environ"));
            return List.of(all.split("\0")).stream()
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf('=')),
                            line -> line.substring(line.indexOf('=') + 1)));
        }
        throw new AssertionError("There is no process " + program);
    }

    @Test
    void variables_that_some_shells_refuse_keep_no_program_from_starting() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            Map<String, String> odd = new HashMap<>();
            for (String name : List.of(
                    "UID", "EUID", "PPID", "OPTIND", "SHELLOPTS", "BASHOPTS", "BASH_VERSINFO", "FUNCNAME", "GROUPS")) {
                odd.put(name, "odd");
            }
            odd.put("ACME", "kept");
            HeldTerminal terminal = terminals.create(terminals
                    .request("t")
                    .command(Command.of("/bin/sh", "-c", "echo \"<$ACME>\"").environment(odd))
                    .build());
            assertThat(exitCode(terminal)).isZero();
            assertThat(terminal.screen().text().strip()).isEqualTo("<kept>");
        }
    }

    @Test
    void a_variable_that_no_shell_hands_on_is_refused_and_not_dropped() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            for (String name : List.of("with-hyphen", "1st", "a.b", "trails_dir", "trails_code")) {
                var request = terminals
                        .request("t")
                        .command(Command.of("touch", "started").environment(Map.of(name, "x")))
                        .build();
                assertThat(codeOf(() -> terminals.create(request))).as(name).isEqualTo("terminal.not-started");
            }
            assertThat(terminals.work().resolve("started")).doesNotExist();
            assertThat(terminals.directory("t")).isEmptyDirectory();
        }
    }

    @Test
    void every_exit_code_is_known() throws Exception {
        try (var terminals = new LiveTerminals(root)) {
            var wrong = new ArrayList<String>();
            var workers = new ArrayList<CompletableFuture<?>>();
            int each = 64;
            for (int worker = 0; worker < 4; worker++) {
                int first = worker * each;
                workers.add(CompletableFuture.runAsync(() -> {
                    // All but those next to a border, where one of seven does.
                    for (int code = first; code < first + each; code++) {
                        if (code % 7 != 0 && code % 64 > 2 && code % 64 < 62) continue;
                        String name = "c" + code;
                        int got = exitCode(terminals.script(name, "exit " + name.substring(1)));
                        if (got != code) {
                            synchronized (wrong) {
                                wrong.add(code + " was " + got);
                            }
                        }
                        terminals.remove(name);
                    }
                }));
            }
            CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void a_program_that_a_signal_ends_has_a_code_that_says_which() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            int number = 0;
            for (int signal : List.of(1, 2, 3, 6, 9, 11, 13, 15)) {
                HeldTerminal terminal = terminals.script("s" + ++number, "kill -" + signal + " $$; sleep 60");
                assertThat(exitCode(terminal)).isEqualTo(128 + signal);
            }
        }
    }

    @Test
    void a_program_that_stops_is_woken_or_waits_and_can_be_removed() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal typed = terminals.script("typed", "echo listening; read line; echo \"got $line\"; exit 5");
            see(typed, "listening");
            typed.press(Key.of('z').ctrl());
            typed.type("woken\n");
            see(typed, "got woken");
            assertThat(exitCode(typed)).isEqualTo(5);

            HeldTerminal itself = terminals.script("itself", "echo listening; kill -STOP $$; exit 6");
            see(itself, "listening");
            assertThat(itself.exitCode()).isEmpty();
            assertThat(terminals.remove("itself").complete()).isTrue();

            HeldTerminal shell = terminals.shell("shell");
            shell.type("sleep 300\n");
            await().atMost(SOON).until(() -> terminals.processes().containsValue("sleep 300 "));
            shell.press(Key.of('z').ctrl());
            assertThat(shell.run("jobs; (exit 7)", SOON)).satisfies(result -> {
                assertThat(result.exitCode()).isEqualTo(7);
                assertThat(result.stdout().text()).containsIgnoringCase("stopped");
            });
        }
    }

    @Test
    void the_exit_code_of_a_program_that_ends_at_once_is_known() throws Exception {
        try (var terminals = new LiveTerminals(root)) {
            var workers = new ArrayList<CompletableFuture<?>>();
            for (int worker = 0; worker < 3; worker++) {
                String prefix = "w" + worker + "-";
                workers.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 20; i++) {
                        assertThat(exitCode(terminals.program(prefix + i, "true")))
                                .isZero();
                        if (i % 2 == 0)
                            assertThat(terminals.remove(prefix + i).complete()).isTrue();
                    }
                }));
            }
            CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
        }
    }

    @Test
    void what_left_the_program_is_gone_after_its_removal_and_siblings_are_not() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal sibling = terminals.script("sibling", "echo listening; exec cat");
            see(sibling, "listening");
            HeldTerminal terminal = terminals.script("t", """
                    (setsid sh -c 'sleep 400 & sleep 401 & : > left; exit' &)
                    (trap '' HUP TERM INT; : > deaf; exec sleep 402) &
                    until [ -e left ] && [ -e deaf ]; do :; done
                    echo listening
                    """);
            see(terminal, "listening");
            assertThat(exitCode(terminal)).isZero();
            await().atMost(SOON).until(() -> sleeping(terminals) == 3);
            assertThat(terminals.remove("t", RemovalPolicy.safe()).complete()).isFalse();
            assertThat(sleeping(terminals)).isEqualTo(3);
            assertThat(terminals.remove("t").complete()).isTrue();
            assertThat(sleeping(terminals)).isZero();
            sibling.type("still here\n");
            see(sibling, "still here");
        }
    }

    private static long sleeping(LiveTerminals terminals) {
        return terminals.processes().values().stream()
                .filter(command -> command.matches("sleep 40[0-2] "))
                .count();
    }

    @Test
    void nothing_is_left_of_a_terminal_removed_while_it_prints() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            see(terminals.script("stays", "echo listening; exec cat"), "listening");
            for (int i = 0; i < 10; i++) {
                String name = "t" + i;
                terminals.script(name, "yes '" + "x".repeat(100) + "'");
                assertThat(terminals.remove(name).complete()).isTrue();
                assertThat(terminals.directory(name)).isEmptyDirectory();
            }
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(terminals.processes().values()).noneMatch(command -> command.contains("yes")));
            for (int i = 0; i < 10; i++)
                assertThat(terminals.directory("t" + i)).isEmptyDirectory();
        }
    }

    @Test
    void bytes_that_are_no_text_pass_through() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.script("t", "printf '\\377\\376\\0\\200 end\\n'; exec cat");
            see(terminal, "end");
            assertThat(LiveTerminals.printed(terminal)).startsWith((byte) 0xff, (byte) 0xfe, (byte) 0, (byte) 0x80);
            terminal.type("ok\n");
            see(terminal, "ok");
        }
    }
}
