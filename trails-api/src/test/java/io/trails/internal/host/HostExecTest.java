package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.Capture;
import io.trails.Command;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Input;
import io.trails.Limits;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are POSIX programs")
class HostExecTest {
    @TempDir
    Path folder;

    private HostFixture host;

    @BeforeEach
    void open() throws IOException {
        host = new HostFixture(folder);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private ExecResult exec(String... argv) {
        return host.sandbox.exec(Command.of(argv));
    }

    @Test
    void every_exit_code_comes_back() {
        for (int code = 0; code < 256; code++) {
            ExecResult result = exec("sh", "-c", "exit " + code);
            assertThat(result.status()).isEqualTo(Status.EXITED);
            assertThat(result.exitCode()).isEqualTo(code);
        }
    }

    /** Without 3: a JVM blocks SIGQUIT in its threads, and every program it starts inherits that. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 9, 11, 13, 15})
    void a_signal_is_128_plus_its_number(int signal) {
        assertThat(exec("sh", "-c", "kill -" + signal + " $$").exitCode()).isEqualTo(128 + signal);
    }

    @Test
    void arguments_arrive_byte_for_byte() {
        List<String> hostile = List.of(
                "",
                " ",
                "a b",
                "'",
                "\"",
                "$HOME",
                "`id`",
                "$(id)",
                "*",
                "?",
                "[a]",
                "~",
                "-n",
                "--",
                "\\",
                "\\n",
                "a\nb",
                "\t",
                ";",
                "&&",
                "|",
                ">x",
                "#",
                "!",
                "%s",
                "é",
                "\u65e5\u672c",
                "\ud83d\ude80",
                "\u0001\u007f");
        var argv = new ArrayList<>(List.of("sh", "-c", "printf '%s\\037' \"$@\"", "sh"));
        argv.addAll(hostile);
        String text = host.sandbox.exec(Command.of(argv)).orThrow().stdout().text();
        assertThat(List.of(text.split("\u001f", -1)).subList(0, hostile.size())).isEqualTo(hostile);
    }

    @Test
    void a_long_argument_arrives_whole() {
        String longest = "x".repeat(100_000);
        assertThat(exec("printf", "%s", longest).stdout().text()).isEqualTo(longest);
    }

    @Test
    void text_beyond_the_locale_arrives_whole() throws Exception {
        ProcessBuilder child = HostFixture.java(HostProgram.class, List.of(), "unicode", folder.toString());
        child.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        Process process = child.start();
        String bytes = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(bytes.strip().replaceAll("\\s+", " ")).isEqualTo("c3 a9 5c 6e e6 97 a5 0a c3 bc 5c 74 20");
    }

    @Test
    void outputs_are_kept_apart() {
        ExecResult result = exec("sh", "-c", "echo out; echo err >&2");
        assertThat(result.stdout().text()).isEqualTo("out\n");
        assertThat(result.stderr().text()).isEqualTo("err\n");
    }

    @Test
    void a_long_output_keeps_its_ends_and_its_length() {
        Command command = Command.of("sh", "-c", "seq 1 1000000").capture(Capture.upTo(40));
        ExecResult result = host.sandbox.exec(command).orThrow();
        assertThat(result.stdout().truncated()).isTrue();
        assertThat(result.stdout().size()).isEqualTo(6_888_896);
        assertThat(result.stdout().text())
                .startsWith("1\n2\n3\n4\n5\n6\n7\n8\n9\n")
                .endsWith("999999\n1000000\n");
    }

    @Test
    void spilling_writes_all_of_both_outputs() throws IOException {
        Path base = folder.resolve("spilled");
        Command command = Command.of("sh", "-c", "seq 1 100000; echo err >&2")
                .capture(Capture.upTo(10).spillingTo(base));
        ExecResult result = host.sandbox.exec(command).orThrow();
        Path out = result.stdout().file().orElseThrow();
        assertThat(out).hasFileName("spilled.out").hasSize(result.stdout().size());
        assertThat(Files.readString(result.stderr().file().orElseThrow())).isEqualTo("err\n");
    }

    @Test
    void spilling_to_nowhere_is_said_before_anything_runs() {
        Path base = folder.resolve("absent/spilled");
        Command command = Command.of("touch", "ran").capture(Capture.DEFAULT.spillingTo(base));
        assertCode("exec.spill-failed", () -> host.sandbox.exec(command));
        assertThat(host.home.resolve("ran")).doesNotExist();
    }

    @Test
    void a_hundred_megabytes_fit_through_a_small_heap() throws Exception {
        Process process = HostFixture.java(HostProgram.class, List.of("-Xmx32m"), "flood", folder.toString())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEqualTo("300000000 true\n");
    }

    @Test
    void input_is_what_was_given() throws IOException {
        Path file = Files.writeString(folder.resolve("input"), "from a file");
        assertThat(exec("cat").stdout().size()).isZero();
        assertThat(host.sandbox
                        .exec(Command.of("cat").stdin(Input.text("text")))
                        .stdout()
                        .text())
                .isEqualTo("text");
        assertThat(host.sandbox
                        .exec(Command.of("cat").stdin(Input.file(file)))
                        .stdout()
                        .text())
                .isEqualTo("from a file");
    }

    @Test
    void a_long_input_passes_through_while_its_echo_comes_back() {
        byte[] bytes = "0123456789abcdef".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        Command command = Command.of("cat").stdin(Input.bytes(bytes)).capture(Capture.upTo(bytes.length));
        assertThat(host.sandbox.exec(command).stdout().bytes()).isEqualTo(bytes);
    }

    @Test
    void a_program_that_reads_nothing_of_a_long_input_ends_normally() {
        Command command = Command.of("true").stdin(Input.bytes(new byte[1 << 20]));
        assertThat(host.sandbox.exec(command).ok()).isTrue();
    }

    @Test
    void the_hosts_own_business_does_not_reach_the_child() throws IOException {
        Map<String, String> environment = HostFixture.with(
                System.getenv(),
                "GIT_DIR",
                "x",
                "TMUX",
                "x",
                "TMUX_PANE",
                "x",
                "DAGGER_SESSION_TOKEN",
                "x",
                "BASH_ENV",
                "x",
                "STY",
                "x",
                "CLAUDECODE",
                "1",
                "TRAILS_MODE",
                "x",
                "KEPT",
                "yes");
        try (var scrubbed = new HostFixture(folder.resolve("scrubbed"), Limits.none(), environment)) {
            List<String> lines = scrubbed.sandbox
                    .exec(Command.of("env").environment(Map.of("GIT_AUTHOR_NAME", "wanted")))
                    .stdout()
                    .text()
                    .lines()
                    .toList();
            assertThat(lines).contains("KEPT=yes", "GIT_AUTHOR_NAME=wanted");
            assertThat(lines)
                    .noneMatch(line ->
                            line.matches("(GIT_DIR|TMUX|TMUX_PANE|DAGGER_.*|BASH_ENV|STY|CLAUDECODE|TRAILS_MODE)=.*"));
        }
    }

    @Test
    void a_program_is_searched_along_the_path_of_the_command() throws IOException {
        Files.createDirectories(host.home.resolve("tools"));
        host.script("tools/acme-tool", "#!/bin/sh\necho found\n");
        String path = host.home.resolve("tools") + ":" + System.getenv("PATH");
        Command command = Command.of("acme-tool").environment(Map.of("PATH", path));
        assertThat(host.sandbox.exec(command).orThrow().stdout().text()).isEqualTo("found\n");
    }

    @Test
    void a_script_without_an_interpreter_line_runs_in_a_shell() throws IOException {
        host.script("plain", "echo plain\n");
        assertThat(exec("./plain").orThrow().stdout().text()).isEqualTo("plain\n");
    }

    @Test
    void a_program_that_does_not_exist_is_named_whatever_the_path() {
        var otherPath = Command.of("no-such-program").environment(Map.of("PATH", "/nowhere"));
        for (Command command : List.of(Command.of("no-such-program"), otherPath)) {
            assertThatThrownBy(() -> host.sandbox.exec(command))
                    .hasMessageContaining("'no-such-program'")
                    .hasMessageContaining("no such program that can be executed");
        }
    }

    @Test
    void what_cannot_be_started_says_so() throws IOException {
        Files.writeString(host.home.resolve("not-executable"), "echo\n");
        Files.createDirectory(host.home.resolve("folder"));
        host.script("bad", "#!/no/such/interpreter\n");
        for (String program : List.of("no-such-program", "./absent", "./not-executable", "./folder", "./bad")) {
            assertCode("exec.not-started", () -> exec(program));
            assertCode("exec.not-started", () -> host.sandbox.start(Command.of(program)));
        }
    }

    @Test
    void a_directory_is_relative_to_the_sessions_own() throws IOException {
        Path below = Files.createDirectories(host.home.resolve("a/b")).toRealPath();
        assertThat(host.sandbox
                        .exec(Command.of("pwd").in(Path.of("a/b")))
                        .stdout()
                        .text())
                .isEqualTo(below + "\n");
        assertThat(host.sandbox.exec(Command.of("pwd").in(below)).stdout().text())
                .isEqualTo(below + "\n");
    }

    @Test
    void a_directory_that_is_none_says_so() throws IOException {
        Files.writeString(host.home.resolve("file"), "");
        assertCode(
                "exec.not-started", () -> host.sandbox.exec(Command.of("true").in(Path.of("absent"))));
        assertCode(
                "exec.not-started", () -> host.sandbox.exec(Command.of("true").in(Path.of("file"))));
    }

    @Test
    void many_commands_run_side_by_side() throws Exception {
        var pool = Executors.newFixedThreadPool(100);
        try {
            var calls = new ArrayList<Callable<String>>();
            for (int i = 0; i < 100; i++) {
                String number = Integer.toString(i);
                calls.add(() -> exec("sh", "-c", "echo $1; seq 1 5000 >&2", "sh", number)
                        .orThrow()
                        .stdout()
                        .text());
            }
            List<Future<String>> results = pool.invokeAll(calls);
            for (int i = 0; i < 100; i++) assertThat(results.get(i).get()).isEqualTo(i + "\n");
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1>&2"})
    void a_program_left_in_the_background_goes_on_writing(String redirection) throws IOException {
        host.script("leave", """
                for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo $i; sleep 0.03; done
                sleep 0.5; echo late && echo $$ > $1
                """);
        var results = new ArrayList<CompletableFuture<ExecResult>>();
        for (int i = 0; i < 5; i++) {
            String line = "./leave pid" + i + " " + redirection + " & echo main";
            results.add(CompletableFuture.supplyAsync(() -> exec("sh", "-c", line)));
        }
        for (var result : results)
            assertThat(result.join().orThrow().stdout().text()).contains("main\n");
        for (int i = 0; i < 5; i++) host.awaitPid("pid" + i);
    }

    @Test
    void a_program_left_in_the_background_is_not_waited_for_and_goes_on() throws IOException {
        host.script(
                "leave", "(while echo tick; do echo tick >> ticks; sleep 0.02; done) & echo $! > pid; echo started\n");
        ExecResult result = exec("./leave").orThrow();
        assertThat(result.stdout().text()).contains("started\n");
        host.sandbox.close();
        Path ticks = host.home.resolve("ticks");
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(ticks));
        long before = Files.size(ticks);
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(ticks) > before + 10);
        assertThat(HostFixture.runs(host.awaitPid("pid"))).isTrue();
    }

    @Test
    void nothing_runs_in_a_closed_sandbox() {
        host.sandbox.close();
        assertThatThrownBy(() -> exec("true")).isInstanceOf(IllegalStateException.class);
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
