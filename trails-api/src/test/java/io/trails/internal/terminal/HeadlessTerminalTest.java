package io.trails.internal.terminal;

import static io.trails.internal.terminal.Codes.assertCode;
import static io.trails.internal.terminal.Codes.ended;
import static io.trails.internal.terminal.Terminals.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.trails.Command;
import io.trails.Key;
import io.trails.Screen;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class HeadlessTerminalTest {
    @TempDir
    Path root;

    private Terminals terminals;

    @BeforeEach
    void makeTerminals() {
        terminals = new Terminals(root);
    }

    @AfterEach
    void removeTerminals() {
        terminals.close();
    }

    @Test
    void the_program_gets_its_arguments_directory_and_environment() throws IOException {
        Path directory = Files.createDirectory(root.resolve("some where"));
        var request = terminals
                .request("t")
                .command(Command.of(
                                "/bin/sh",
                                "-c",
                                "printf '<%s>' \"$@\"; pwd; echo \"$SECRET\"; umask",
                                "x",
                                "a b",
                                "$HOME",
                                "'\"",
                                ";exit 9",
                                "",
                                "ü\nx",
                                "*")
                        .environment(Map.of("SECRET", "s $x '\n ü", "dir", "mine", "PATH", "/nonexistent"))
                        .in(directory))
                .build();

        Terminal terminal = terminals.create(request);

        assertThat(ended(terminal)).isZero();
        assertThat(Files.readString(terminals.directory("t").resolve("output")))
                .startsWith("<a b><$HOME><'\"><;exit 9><><ü\nx><*>" + directory.toRealPath() + "\ns $x '\n ü\n00");
    }

    @Test
    void the_environment_is_in_no_argument_list_and_no_file() throws IOException {
        var request = terminals
                .request("t")
                .command(Command.of("sleep", "60").environment(Map.of("TOKEN", "hunter2-hunter2")))
                .build();

        terminals.create(request);

        try (var processes = ProcessHandle.allProcesses()) {
            assertThat(processes.map(process -> process.info().commandLine().orElse("")))
                    .noneMatch(line -> line.contains("hunter2-hunter2"));
        }
        try (var files = Files.list(terminals.directory("t"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file).content(StandardCharsets.ISO_8859_1).doesNotContain("hunter2");
            }
        }
    }

    @Test
    void a_variable_that_no_shell_hands_on_is_refused() {
        var request = terminals
                .request("t")
                .command(Command.of("env").environment(Map.of("my.name", "x")))
                .build();

        assertCode(() -> terminals.create(request), "terminal.not-started");
        assertThat(terminals.directory("t")).isEmptyDirectory();
    }

    @Test
    void what_is_typed_arrives_byte_for_byte_in_order() throws IOException {
        Path copy = root.resolve("copy");
        Terminal terminal = terminals.program("t", "/bin/sh", "-c", "exec cat >\"$1\"", "x", copy.toString());
        String hostile = "'\"`$HOME;|&\\\t\u001b[31m\r ü€😀 \u0001\u007f\n";

        for (int i = 0; i < 100; i++) terminal.type(i + hostile);
        terminal.paste("pasted\n");
        terminal.press(Key.TAB, Key.ENTER);

        var expected = new StringBuilder();
        for (int i = 0; i < 100; i++) expected.append(i).append(hostile);
        expected.append("pasted\n\t\n");
        Await.until(
                () -> Files.exists(copy) && Files.readString(copy).equals(expected.toString()),
                () -> "copied: " + Files.size(copy));
    }

    @Test
    void a_megabyte_arrives_whole_and_texts_of_several_threads_do_not_mix() throws Exception {
        Path copy = root.resolve("copy");
        Terminal terminal = terminals.program("t", "/bin/sh", "-c", "exec cat >\"$1\"", "x", copy.toString());
        Terminal again = terminals.open("t");
        String a = "a".repeat(500_000);
        String b = "b".repeat(500_000);

        var first = CompletableFuture.runAsync(() -> terminal.type(a));
        var second = CompletableFuture.runAsync(() -> again.type(b));
        CompletableFuture.allOf(first, second).get(20, TimeUnit.SECONDS);

        Await.until(() -> Files.exists(copy) && Files.size(copy) == 1_000_000, () -> "copied: " + Files.size(copy));
        assertThat(Files.readString(copy))
                .satisfiesAnyOf(
                        text -> assertThat(text.equals(a + b)).isTrue(),
                        text -> assertThat(text.equals(b + a)).isTrue());
    }

    @Test
    void nul_cannot_be_typed() {
        Terminal terminal = terminals.program("t", "cat");

        assertThatThrownBy(() -> terminal.type("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_screen_shows_the_tail_without_control_sequences() {
        Terminal terminal = terminals.script(
                "t",
                "seq 1 200; printf '\\033[31mred\\033[0m \\033]0;title\\007x\\rR\\n'; echo err >&2; echo 'ü€😀'; cat");

        Screen screen = terminal.await(now -> now.contains("😀"), SOON);

        assertThat(screen.lines()).hasSize(50).endsWith("200", "Red x", "err", "ü€😀");
        assertThat(screen.cursor()).isEmpty();
        assertThat(screen.alternate()).isFalse();
    }

    @Test
    void unicode_that_arrives_in_pieces_is_shown_whole() {
        Terminal terminal =
                terminals.script("t", "printf '\\342'; read x; printf '\\202'; read x; printf '\\254 end'; cat");
        terminal.screen();
        terminal.type("\n");
        terminal.screen();
        terminal.type("\n");

        assertThat(terminal.await(now -> now.contains("end"), SOON).lines()).containsExactly("€ end");
    }

    @Test
    void a_long_line_is_wrapped_and_not_cut() {
        var request =
                terminals.request("t").command(Command.of("cat")).size(100, 60).build();
        Terminal terminal = terminals.create(request);
        String line = "0123456789".repeat(500);

        terminal.type(line + "!\n");

        Screen screen = terminal.await(now -> now.contains("!"), SOON);
        assertThat(String.join("", screen.lines())).isEqualTo(line + "!");
        assertThat(screen.lines()).hasSize(51);
    }

    @Test
    void a_huge_log_costs_no_huge_read() throws IOException {
        Path output = root.resolve("output");
        try (var file = new RandomAccessFile(output.toFile(), "rw")) {
            // A hole, which takes no room and many minutes to read.
            file.seek(1L << 42);
            file.write("\ndone\n".getBytes(StandardCharsets.US_ASCII));
        }

        var log = new OutputLog(output, new OutputBound(1, Duration.ofSeconds(1)), 200, 50);

        assertTimeoutPreemptively(SOON, () -> assertThat(log.lines()).last().isEqualTo("done"));
    }

    @Test
    void await_sees_the_screen_once_even_without_time() {
        Terminal terminal = terminals.program("t", "cat");

        assertThat(terminal.await(screen -> true, Duration.ZERO).lines()).isEmpty();
        assertCode(() -> terminal.await(screen -> false, Duration.ZERO), "terminal.timeout");
    }

    @Test
    void await_reacts_to_an_interrupt() throws Exception {
        Terminal terminal = terminals.program("t", "cat");
        var failure = new CompletableFuture<Throwable>();
        var thread = new Thread(() -> {
            try {
                terminal.await(screen -> false, SOON);
            } catch (TrailsInterruptedException e) {
                failure.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag lost"));
            }
        });
        thread.start();

        thread.interrupt();

        assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(TrailsInterruptedException.class);
    }

    @Test
    void a_condition_that_throws_reaches_the_caller() {
        Terminal terminal = terminals.program("t", "cat");

        assertThatThrownBy(() -> terminal.await(
                        screen -> {
                            throw new IllegalStateException("mine");
                        },
                        SOON))
                .hasMessage("mine");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 42, 126, 127, 128, 200, 254, 255})
    void the_exit_code_is_the_programs(int code) {
        assertThat(ended(terminals.script("t", "exit " + code))).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "INT", "QUIT", "KILL", "TERM", "USR1"})
    void a_signal_counts_as_128_and_its_number(String signal) {
        int number = Map.of("HUP", 1, "INT", 2, "QUIT", 3, "KILL", 9, "TERM", 15, "USR1", 10)
                .get(signal);

        assertThat(ended(terminals.script("t", "ulimit -c 0; kill -" + signal + " $$; sleep 10")))
                .isEqualTo(128 + number);
    }

    @Test
    void a_program_that_ends_at_once_is_ended_with_its_output() {
        Terminal terminal = terminals.program("t", "echo", "hello");

        assertCode(() -> terminal.await(screen -> false, SOON), "terminal.ended");

        assertThat(terminal.screen().lines()).containsExactly("hello");
        assertCode(() -> terminal.type("x"), "terminal.ended");
        assertCode(() -> terminal.press(Key.ENTER), "terminal.ended");
        assertCode(() -> terminal.press(Key.CTRL_C), "terminal.ended");
    }

    @Test
    void the_last_output_is_seen_before_the_end() {
        Terminal terminal = terminals.script("t", "read x; echo last; exit 3");

        terminal.type("\n");

        assertThat(terminal.await(screen -> screen.contains("last"), SOON).lines())
                .containsExactly("last");
    }

    @Test
    void what_it_cannot_do_is_unsupported() {
        Terminal terminal = terminals.program("t", "cat");

        assertThat(terminal.capabilities())
                .containsExactlyInAnyOrder(TerminalCapability.SURVIVES_HOST, TerminalCapability.STREAM);
        assertCode(() -> terminal.resize(10, 10), "terminal.unsupported");
        for (Key key : List.of(Key.UP, Key.ESCAPE, Key.CTRL_D, Key.of('x'), Key.ENTER.alt())) {
            assertCode(() -> terminal.press(Key.ENTER, key), "terminal.unsupported");
        }
        assertCode(() -> terminal.run("true", SOON), "terminal.unsupported");
        assertThat(terminal.attachCommand()).isEmpty();
        assertThat(terminal.screen().lines())
                .as("nothing was pressed before the refusal")
                .isEmpty();
    }

    @Test
    void a_program_that_reads_nothing_blocks_nobody_for_long() {
        Terminal terminal = impatient().program("t", "sleep", "60");

        assertThatThrownBy(() -> terminal.type("x".repeat(200_000)))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("terminal.stuck"))
                .hasMessageContaining("of 200000 bytes");

        assertCode(() -> terminal.type("y"), "terminal.stuck");
    }

    private Terminals impatient() {
        terminals = new Terminals(root, Terminals.impatient(), new TestSandbox(root));
        return terminals;
    }

    @Test
    void what_a_program_did_not_read_is_counted() {
        // A shell that is just forking can lose an interrupt, so it does not fork.
        Terminal terminal = terminals.script("t", "read x; exec sleep 60");
        try (InputGauge.Reading input = ((InputGauge) terminal).gauge().orElseThrow()) {
            terminal.type("\n");
            Await.until(() -> input.unread() == 0, () -> "unread: " + input.unread());
            terminal.type("12345");
            assertThat(input.unread()).isEqualTo(5);
            terminal.press(Key.CTRL_C);
            ended(terminal);
            assertThat(input.unread()).as("after the end of the program").isEqualTo(5);
        }
    }

    @Test
    void ctrl_c_interrupts_the_program_and_not_its_holder() {
        Terminal terminal =
                terminals.script("t", "trap 'echo caught; exit 7' INT; echo ready; while :; do sleep 0.1; done");
        terminal.await(screen -> screen.contains("ready"), SOON);

        terminal.press(Key.CTRL_C);

        assertThat(ended(terminal)).isEqualTo(7);
        assertThat(terminal.screen().lines()).contains("caught");
    }

    @Test
    void ctrl_c_ends_a_program_that_does_not_catch_it() {
        Terminal terminal = terminals.program("t", "sleep", "60");

        terminal.press(Key.CTRL_C);

        assertThat(ended(terminal)).isEqualTo(130);
    }

    @Test
    void a_killed_holder_is_noticed_and_the_program_counts_as_lost() throws IOException {
        Terminal terminal = terminals.script("t", "echo shown; exec sleep 60");
        terminal.await(screen -> screen.contains("shown"), SOON);

        ProcessHandle holder = ProcessHandle.of(new TerminalFiles(terminals.directory("t"))
                        .holder()
                        .map(it -> Long.parseLong(it.pid()))
                        .orElseThrow())
                .orElseThrow();
        holder.destroyForcibly();

        assertCode(() -> terminal.await(screen -> false, SOON), "terminal.ended");
        assertCode(terminal::exitCode, "terminal.lost");
        assertCode(() -> terminals.open("t").exitCode(), "terminal.lost");
        assertThat(terminals.open("t").screen().lines()).containsExactly("shown");
    }

    @Test
    void two_terminals_do_not_mix() {
        Terminal one = terminals.program("one", "cat");
        Terminal two = terminals.program("two", "cat");

        one.type("for one\n");
        two.type("for two\n");

        assertThat(one.await(screen -> screen.contains("for"), SOON).lines()).containsExactly("for one");
        assertThat(two.await(screen -> screen.contains("for"), SOON).lines()).containsExactly("for two");
    }

    @Test
    void twenty_terminals_start_at_the_same_time() throws InterruptedException, ExecutionException, TimeoutException {
        var all = new CompletableFuture<?>[20];
        for (int i = 0; i < all.length; i++) {
            String name = "t" + i;
            var request = terminals.request(name).command(Command.of("cat")).build();
            terminals.plan(request);
            all[i] = CompletableFuture.runAsync(() -> {
                Terminal terminal = new HeadlessTerminalProvider()
                        .create(new HeadlessTerminalProvider().plan(request), request, new TestSandbox(root));
                terminal.type("i am " + name + "\n");
                terminal.await(screen -> screen.lines().equals(List.of("i am " + name)), SOON);
            });
        }

        CompletableFuture.allOf(all).get(60, TimeUnit.SECONDS);

        for (int i = 0; i < all.length; i++)
            assertThat(terminals.open("t" + i).exitCode()).isEmpty();
    }
}
