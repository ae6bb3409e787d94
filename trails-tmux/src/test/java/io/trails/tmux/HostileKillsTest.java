package io.trails.tmux;

import static io.trails.tmux.LiveTerminals.SOON;
import static io.trails.tmux.LiveTerminals.codeOf;
import static io.trails.tmux.LiveTerminals.exitCode;
import static io.trails.tmux.LiveTerminals.see;
import static io.trails.tmux.LiveTerminals.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.Command;
import io.trails.OutputReader;
import io.trails.Recording;
import io.trails.RecordingOptions;
import io.trails.spi.HeldTerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever holds a terminal is killed or stopped: nobody waits for ever, nothing is lost that was printed, nothing is left. */
class HostileKillsTest {
    private static final String COUNTING = "i=0; while :; do i=$((i + 1)); echo \"line $i\"; done";

    @TempDir
    Path root;

    private static HeldTerminal recorded(LiveTerminals terminals, String name, String script) {
        return terminals.create(terminals
                .request(name)
                .command(Command.of("sh", "-c", script)
                        .environment(System.getenv())
                        .in(terminals.work()))
                .recording(RecordingOptions.output())
                .build());
    }

    @Test
    void a_server_killed_between_two_calls_leaves_the_last_screen_and_an_end() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.script("t", "echo last words; exec cat");
            see(terminal, "last words");
            long server = terminals.server();
            signal("KILL", server);
            await().atMost(SOON).until(() -> LiveTerminals.isZombie(server));
            assertThat(codeOf(() -> terminal.type("x\n"))).isEqualTo("terminal.ended");
            assertThat(terminal.screen().contains("last words")).isTrue();
            assertThat(terminal.history(10)).contains("last words");
            assertThat(codeOf(terminal::exitCode)).isIn("none", "terminal.lost");
            HeldTerminal found = terminals.open("t");
            assertThat(found.screen().contains("last words")).isTrue();
            assertThat(codeOf(() -> found.type("x\n"))).isEqualTo("terminal.ended");
            HeldTerminal next = terminals.script("next", "echo listening; exec cat");
            see(next, "listening");
            assertThat(terminals.remove("t").complete()).isTrue();
            next.type("go on\n");
            see(next, "go on");
        }
    }

    @Test
    void the_last_screen_has_what_its_recorder_is_late_with() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.script("t", "echo listening; exec cat");
            see(terminal, "listening");
            signal("STOP", recorder(terminals, "t"));
            terminal.type("last words\n");
            String session = terminals.session("t");
            await().atMost(SOON)
                    .until(() ->
                            terminals.tmux("capture-pane", "-p", "-t", session).contains("last words"));
            signal("KILL", terminals.server());
            await().atMost(SOON).until(() -> codeOf(() -> terminal.type("x")).equals("terminal.ended"));
            assertThat(terminal.screen().contains("last words")).isTrue();
            assertThat(terminal.history(10)).contains("last words");
        }
    }

    @Test
    void a_server_killed_while_terminals_are_created_leaves_nothing_of_those_that_failed() throws Exception {
        try (var terminals = new LiveTerminals(root)) {
            for (int round = 0; round < 2; round++) {
                String prefix = "r" + round + "-";
                see(terminals.script(prefix + "first", "echo listening; exec cat"), "listening");
                long server = terminals.server();
                var killed = CompletableFuture.runAsync(() -> signal("KILL", server));
                for (int i = 0; i < 6; i++) {
                    String name = prefix + i;
                    String code = codeOf(() -> terminals.script(name, "exec cat"));
                    assertThat(code).isIn("none", "terminal.not-started", "terminal.unreachable");
                    if (!code.equals("none"))
                        assertThat(terminals.directory(name)).isEmptyDirectory();
                }
                killed.get(30, TimeUnit.SECONDS);
                HeldTerminal last = terminals.script(prefix + "last", "echo listening; exec cat");
                see(last, "listening");
            }
        }
    }

    @Test
    void a_server_killed_while_somebody_waits_ends_the_wait() throws Exception {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal shell = terminals.shell("shell");
            HeldTerminal cat = terminals.script("cat", "echo listening; exec cat");
            see(cat, "listening");
            OutputReader reader = cat.output(0);
            var run = code(() -> shell.run(": > begun; exec sleep 300", SOON));
            var awaiting = code(() -> cat.await(screen -> screen.contains("never"), SOON));
            var reading = CompletableFuture.supplyAsync(() -> {
                int count = 0;
                while (!reader.ended()) count += reader.read(1000, Duration.ofSeconds(1)).length;
                return count;
            });
            await().atMost(SOON).until(() -> Files.exists(terminals.work().resolve("begun")));
            signal("KILL", terminals.server());
            assertThat(run.get(20, TimeUnit.SECONDS)).isEqualTo("terminal.ended");
            assertThat(awaiting.get(20, TimeUnit.SECONDS)).isEqualTo("terminal.ended");
            assertThat(reading.get(20, TimeUnit.SECONDS)).isEqualTo("listening\r\n".length());
            reader.close();
        }
    }

    private static CompletableFuture<String> code(Runnable action) {
        return CompletableFuture.supplyAsync(() -> codeOf(action));
    }

    @Test
    void a_recording_of_a_server_that_was_killed_is_whole() throws Exception {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = recorded(terminals, "t", COUNTING);
            see(terminal, "line 9");
            signal("KILL", terminals.server());
            await().atMost(SOON).until(() -> !codeOf(() -> terminal.type("x")).equals("none"));
            assertThat(consecutive(cast(terminal.recording()))).isGreaterThan(8);
        }
    }

    @Test
    void a_recording_of_an_ended_program_has_what_it_printed_last() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = recorded(terminals, "t", "echo listening; read line; echo last words; exit 5");
            see(terminal, "listening");
            await().atMost(SOON).until(() -> cast(terminal.recording()).contains("listening"));
            long recorder;
            try (var files = Files.walk(terminals.directory("t"))) {
                recorder = Long.parseLong(Files.readString(files.filter(file -> file.endsWith("output.writer"))
                                .findFirst()
                                .orElseThrow())
                        .strip());
            }
            signal("STOP", recorder);
            terminal.type("go on\n");
            assertThat(exitCode(terminal)).isEqualTo(5);
            assertThat(cast(terminal.recording())).contains("last words");
        }
    }

    private static String cast(Recording recording) throws IOException {
        var bytes = new ByteArrayOutputStream();
        recording.write(Recording.Format.ASCIICAST_V3, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The last of the numbered lines in a recording, of which none may be missing or there twice. */
    private static int consecutive(String cast) {
        var all = new StringBuilder();
        cast.lines().skip(1).forEach(line -> {
            int begin = line.indexOf("\"o\", \"") < 0 ? line.indexOf("\"o\",\"") + 5 : line.indexOf("\"o\", \"") + 6;
            if (begin > 5) all.append(line, begin, line.lastIndexOf('"'));
        });
        int number = 0;
        String[] lines = all.toString().replace("\\r", "").split("\\\\n", -1);
        // The last one may have been cut off.
        for (int i = 0; i < lines.length - 1; i++) assertThat(lines[i]).isEqualTo("line " + ++number);
        return number;
    }

    @Test
    void a_control_client_that_was_killed_is_replaced_unnoticed() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.script("t", "echo listening; exec cat");
            see(terminal, "listening");
            for (int i = 0; i < 3; i++) {
                signal("KILL", client(terminals));
                String text = "after " + i;
                await().atMost(SOON)
                        .until(() -> codeOf(() -> terminal.type(text + "\n")).equals("none"));
                see(terminal, text);
            }
        }
    }

    private static long client(LiveTerminals terminals) {
        return Long.parseLong(terminals
                .tmux("list-clients", "-F", "#{client_pid}")
                .lines()
                .findFirst()
                .orElseThrow());
    }

    @Test
    void a_control_client_that_hangs_is_replaced() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.script("t", "echo listening; exec cat");
            see(terminal, "listening");
            long client = client(terminals);
            signal("STOP", client);
            assertThat(codeOf(terminal::screen)).isIn("none", "terminal.unreachable");
            await().atMost(SOON)
                    .until(() -> codeOf(() -> terminal.type("after\n")).equals("none"));
            see(terminal, "after");
            LiveTerminals.output(List.of("kill", "-CONT", Long.toString(client)));
        }
    }

    @Test
    void output_goes_on_after_its_recorder_was_killed() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = recorded(terminals, "t", "echo listening; exec cat");
            see(terminal, "listening");
            // What it has not read yet is lost with it.
            await().atMost(SOON).until(() -> printed(terminal).equals("listening\r\n"));
            long killed = recorder(terminals, "t");
            signal("KILL", killed);
            await().atMost(SOON).until(() -> {
                terminal.exitCode();
                return recorder(terminals, "t") != killed;
            });
            terminal.type("after\n");
            see(terminal, "after");
            await().atMost(SOON).until(() -> printed(terminal).equals("listening\r\nafter\r\nafter\r\n"));
        }
    }

    private static String printed(HeldTerminal terminal) {
        return new String(LiveTerminals.printed(terminal), StandardCharsets.UTF_8);
    }

    @Test
    void a_recorder_that_was_stopped_goes_on() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.script("t", "echo listening; exec cat");
            see(terminal, "listening");
            signal("STOP", recorder(terminals, "t"));
            terminal.type("after\n");
            see(terminal, "after");
            await().atMost(SOON).until(() -> {
                terminal.exitCode();
                return printed(terminal).contains("after");
            });
            signal("STOP", recorder(terminals, "t"));
            assertThat(terminals.remove("t").complete()).isTrue();
            assertThat(terminals.directory("t")).isEmptyDirectory();
        }
    }

    /** Its process, once it has said so. */
    private static long recorder(LiveTerminals terminals, String name) {
        Path file = terminals.directory(name).resolve("output.writer");
        await().atMost(SOON).until(() -> Files.size(file) > 0);
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_program_whose_wrapper_was_killed_is_lost_and_can_be_removed() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.script("t", "trap '' HUP; echo listening; exec sleep 301");
            see(terminal, "listening");
            signal(
                    "KILL",
                    Long.parseLong(
                            terminals.tmux("display-message", "-p", "-t", terminals.session("t"), "#{pane_pid}")));
            // As long as it runs nobody can say that it ended.
            assertThat(terminals.processes().values()).contains("sleep 301 ");
            assertThat(codeOf(terminal::exitCode)).isEqualTo("none");
            terminals.processes().forEach((pid, what) -> {
                if (what.equals("sleep 301 ")) signal("KILL", pid);
            });
            await().atMost(SOON).until(() -> codeOf(terminal::exitCode).equals("terminal.lost"));
            assertThat(terminal.screen().contains("listening")).isTrue();
        }
    }

    @Test
    void a_flood_that_nobody_reads_stays_bounded() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.script("t", "yes 0123456789012345678901234567890123456789");
            try (OutputReader reader = terminal.output(0)) {
                // More than is kept, so that the oldest has to go.
                await().atMost(Duration.ofMinutes(2)).until(() -> {
                    assertThat(kilobytes(terminals.server())).isLessThan(20 << 10);
                    assertThat(sizeOf(terminals.directory("t"))).isLessThan(48L << 20);
                    assertThat(terminal.screen().contains("0123456789")).isTrue();
                    return Files.notExists(terminals.directory("t").resolve("output.000000000000"));
                });
                assertThat(reader.read(100, SOON)).isNotEmpty();
                assertThat(reader.skipped()).isPositive();
            }
            assertThat(terminals.remove("t").complete()).isTrue();
        }
    }

    private static long kilobytes(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static long sizeOf(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    @Tag("long")
    void two_hundred_at_once_are_found_again_with_their_exit_codes() throws Exception {
        int all = 200;
        try (var terminals = new LiveTerminals(root)) {
            var workers = new CompletableFuture<?>[8];
            for (int worker = 0; worker < workers.length; worker++) {
                int first = worker;
                workers[worker] = CompletableFuture.runAsync(() -> {
                    for (int i = first; i < all; i += workers.length) {
                        terminals.script("t" + i, "read go; exit " + i);
                    }
                });
            }
            CompletableFuture.allOf(workers).get(120, TimeUnit.SECONDS);
            var other = new TmuxTerminalProvider();
            for (int i = 0; i < all; i++) {
                HeldTerminal found = terminals.open("t" + i, other);
                assertThat(found.exitCode()).isEmpty();
                found.type("go\n");
            }
            for (int i = 0; i < all; i++)
                assertThat(exitCode(terminals.open("t" + i, other))).isEqualTo(i);
        }
    }

    @Test
    void a_call_on_a_lost_terminal_says_so_within_a_few_seconds() throws Exception {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal shell = terminals.shell("t");
            assertThat(shell.run("echo here", SOON).ok()).isTrue();
            signal("KILL", terminals.server());
            for (Runnable call : List.<Runnable>of(
                    () -> shell.type("x"),
                    () -> shell.paste("x"),
                    () -> shell.resize(90, 20),
                    () -> shell.run("true", SOON),
                    () -> shell.await(screen -> screen.contains("never"), SOON))) {
                assertThat(code(call).get(15, TimeUnit.SECONDS)).isEqualTo("terminal.ended");
            }
            assertThat(code(shell::screen).get(15, TimeUnit.SECONDS)).isEqualTo("none");
            assertThat(code(() -> shell.history(5)).get(15, TimeUnit.SECONDS)).isEqualTo("none");
            assertThat(code(shell::attachCommand).get(15, TimeUnit.SECONDS)).isEqualTo("none");
        }
    }
}
