package io.trails.dagger.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Input;
import io.trails.Reason;
import io.trails.Signal;
import io.trails.TrailsException;
import io.trails.dagger.internal.live.Connector.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bridge with every connector and shell that this machine has, without an engine. */
@Timeout(120)
class BridgeTest {
    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    /** A shell and a connector. */
    record Way(String shell, String connector, Route route) {
        @Override
        public String toString() {
            return shell + " with " + connector + " over " + route;
        }
    }

    static Stream<Way> ways() {
        var ways = new ArrayList<Way>();
        for (String shell : List.of("dash", "bash")) {
            for (String name : List.of("perl", "python", "socat", "nc-N")) ways.add(new Way(shell, name, Route.UNIX));
            for (String name : List.of("bash", "nc-N", "busybox")) ways.add(new Way(shell, name, Route.TCP));
        }
        ways.add(new Way("busybox", "perl", Route.UNIX));
        ways.add(new Way("busybox", "busybox", Route.TCP));
        return ways.stream();
    }

    /** Each connector and each shell, but not each with each. */
    static Stream<Way> some() {
        return ways().filter(
                        way -> !way.shell().equals("bash") || way.connector().equals("perl"));
    }

    /** Those that can tell a program's last output from that of its children. */
    static Stream<Way> thorough() {
        return ways().filter(
                        way -> way.connector().equals("perl") || way.connector().equals("python"));
    }

    static Stream<Way> usual() {
        return Stream.of(new Way("dash", "perl", Route.UNIX));
    }

    @AfterEach
    void endAll() throws Exception {
        for (AutoCloseable bridge : open) bridge.close();
    }

    private HostBridge bridge(Way way) throws IOException {
        String program = switch (way.connector()) {
            case "python" -> "python3";
            case "nc-N" -> "nc";
            default -> way.connector();
        };
        var tool = HostBridge.tool(program);
        var shell = HostBridge.tool(way.shell());
        assumeTrue(tool.isPresent(), "this machine has no " + program);
        assumeTrue(shell.isPresent(), "this machine has no " + way.shell());
        List<String> call = way.shell().equals("busybox")
                ? List.of(shell.get().toString(), "sh")
                : List.of(shell.get().toString());
        var bridge = new HostBridge(
                folder, call, new Connector(way.connector(), tool.get().toString(), way.route()));
        open.add(bridge);
        return bridge;
    }

    private LiveCommand sh(String script, String... arguments) {
        var argv = new ArrayList<>(List.of("/bin/sh", "-c", script, "test"));
        argv.addAll(List.of(arguments));
        return HostBridge.command(folder, argv.toArray(String[]::new));
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String textOf(InputStream stream) {
        try {
            return text(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExecResult result(LiveProgram program) throws Exception {
        return program.onExit().get(30, TimeUnit.SECONDS);
    }

    private static void awaitGone(HostBridge.Started started) throws Exception {
        assertThat(started.gone().await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(started.bridge().isAlive()).isFalse();
    }

    /** Whose parent is gone, somebody else has to take note of its end. */
    private static void awaitEnd(long pid) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void streams_and_exit_code_are_the_programs(Way way) throws Exception {
        var started = bridge(way).start(sh("cat; printf problem >&2; exit 42"));
        try (LiveProgram program = started.program()) {
            try (OutputStream stdin = program.stdin()) {
                stdin.write("hello\n".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(text(program.stdout())).isEqualTo("hello\n");
            assertThat(text(program.stderr())).isEqualTo("problem");
            assertThat(result(program).exitCode()).isEqualTo(42);
            assertThat(result(program).status()).isEqualTo(Status.EXITED);
            awaitGone(started);
        }
        assertThat(folder.resolve("bridge.log")).isEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void bytes_pass_unchanged_both_ways(Way way) throws Exception {
        var bytes = new byte[3_000_000];
        new Random(7).nextBytes(bytes);
        var started = bridge(way).start(HostBridge.with(sh("cat"), Input.bytes(bytes)));
        try (LiveProgram program = started.program()) {
            assertThat(program.stdout().readAllBytes()).isEqualTo(bytes);
            assertThat(result(program).ok()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void what_is_missing_is_not_started(Way way) throws Exception {
        HostBridge bridge = bridge(way);
        var commands = List.of(
                HostBridge.command(folder, "no-such-program-anywhere"),
                HostBridge.command(folder, folder.toString()),
                HostBridge.command(folder.resolve("missing"), "true"));
        for (LiveCommand command : commands) {
            assertThatThrownBy(() -> bridge.start(command))
                    .as("%s", command)
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("exec.not-started"));
        }
    }

    @ParameterizedTest
    @MethodSource("some")
    void closing_ends_the_program_with_its_descendants(Way way) throws Exception {
        var started = bridge(way).start(sh("sleep 300 & echo $!; trap '' TERM HUP; while :; do sleep 1; done"));
        LiveProgram program = started.program();
        var pid = new ByteArrayOutputStream();
        for (int next = program.stdout().read();
                next != '\n';
                next = program.stdout().read()) pid.write(next);
        ProcessHandle child = ProcessHandle.of(Long.parseLong(pid.toString(StandardCharsets.US_ASCII)))
                .orElseThrow();
        program.close();
        assertThat(result(program).status()).isEqualTo(Status.CANCELLED);
        assertThat(result(program).exitCode()).isEqualTo(-1);
        awaitGone(started);
        awaitEnd(child.pid());
        assertThatThrownBy(() -> program.stdout().read()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @MethodSource("usual")
    void arguments_and_variables_reach_the_program_byte_for_byte(Way way) throws Exception {
        String[] hostile = {
            "",
            " ",
            "two words",
            "q'\"",
            "$(echo no) `no` $HOME",
            "*",
            "~",
            "a\nb",
            "\t",
            "-n",
            "--",
            "\\",
            "é€😀",
            "%s"
        };
        var environment = Map.of("ACME_VALUE", "two\nlines $HOME 'é' ", "trails_pid", "mine", "dotted.name", "kept");
        var command = HostBridge.with(
                sh("for a; do printf '<%s>' \"$a\"; done; printf '%s' \"$ACME_VALUE$trails_pid\"; pwd; env", hostile),
                environment);
        try (LiveProgram program = bridge(way).start(command).program()) {
            String said = text(program.stdout());
            var expected = new StringBuilder();
            for (String argument : hostile)
                expected.append('<').append(argument).append('>');
            expected.append("two\nlines $HOME 'é' mine")
                    .append(folder.toRealPath())
                    .append('\n');
            assertThat(said).startsWith(expected.toString());
            assertThat(said).doesNotContain("TRAILS_TOKEN").doesNotContain("TRAILS_OP");
        }
    }

    @ParameterizedTest
    @MethodSource("usual")
    void every_exit_code_and_signal_is_told(Way way) throws Exception {
        HostBridge bridge = bridge(way);
        for (int code : new int[] {0, 1, 126, 127, 128, 255}) {
            try (LiveProgram program = bridge.start(sh("exit " + code)).program()) {
                assertThat(result(program).exitCode()).isEqualTo(code);
            }
        }
        for (int signal : new int[] {1, 2, 9, 11, 15}) {
            try (LiveProgram program =
                    bridge.start(sh("kill -" + signal + " $$")).program()) {
                assertThat(result(program).exitCode()).isEqualTo(128 + signal);
                assertThat(text(program.stderr())).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("some")
    void signals_reach_the_program(Way way) throws Exception {
        for (Signal signal : Signal.values()) {
            String trap = signal == Signal.KILL ? "" : "trap 'echo caught; exit 3' INT TERM HUP; ";
            try (LiveProgram program = bridge(way)
                    .start(sh(trap + "echo up; while :; do sleep 0.05; done"))
                    .program()) {
                assertThat(program.stdout().readNBytes(3)).isEqualTo("up\n".getBytes(StandardCharsets.UTF_8));
                program.signal(signal);
                assertThat(result(program).exitCode()).as("%s", signal).isEqualTo(signal == Signal.KILL ? 137 : 3);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("thorough")
    void output_ends_with_the_program_though_its_children_hold_it(Way way) throws Exception {
        var started = bridge(way).start(sh("sleep 300 & head -c 200000 /dev/zero; exit 5"));
        try (LiveProgram program = started.program()) {
            assertThat(result(program).exitCode()).isEqualTo(5);
            assertThat(program.stdout().readAllBytes()).hasSize(200_000);
            assertThat(text(program.stderr())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("some")
    void output_ends_some_time_after_the_program_with_any_connector(Way way) throws Exception {
        var started = bridge(way).start(sh("(sleep 20 &) ; echo last; exit 5"));
        try (LiveProgram program = started.program()) {
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> textOf(program.stderr()));
            assertThat(text(program.stdout())).isEqualTo("last\n");
            assertThat(errors.get(30, TimeUnit.SECONDS)).isEmpty();
            assertThat(result(program).exitCode()).isEqualTo(5);
            awaitGone(started);
        }
    }

    @ParameterizedTest
    @MethodSource("usual")
    void a_program_whose_output_is_not_read_waits(Way way) throws Exception {
        var done = folder.resolve("done");
        var command = sh("head -c 30000000 /dev/zero; : >" + done);
        try (LiveProgram program = bridge(way).start(command).program()) {
            assertThat(program.stdout().readNBytes(1000)).hasSize(1000);
            CompletableFuture<ExecResult> exit = program.onExit();
            assertThatThrownBy(() -> exit.get(700, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(done).doesNotExist();
            assertThat(program.stdout().readAllBytes()).hasSize(29_999_000);
            assertThat(result(program).ok()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("usual")
    void a_deadline_and_somebody_elses_wish_end_the_program(Way way) throws Exception {
        Reason late = Reason.of("exec.timeout", "too long");
        var deadline = new LiveBounds.Deadline(Duration.ofMillis(300), Status.TIMED_OUT, late);
        HostBridge bridge = bridge(way);
        var timed =
                bridge.start(HostBridge.with(sh("sleep 300"), LiveBounds.none().withDeadline(deadline)));
        assertThat(result(timed.program()).status()).isEqualTo(Status.TIMED_OUT);
        assertThat(result(timed.program()).reason()).contains(late);
        awaitGone(timed);
        var bounds = new LiveBounds(Optional.empty(), "", (code, time) -> Optional.empty(), () -> true);
        var stopped = bridge.start(HostBridge.with(sh("sleep 300"), bounds));
        assertThat(result(stopped.program()).status()).isEqualTo(Status.CANCELLED);
    }

    @ParameterizedTest
    @MethodSource("usual")
    void limits_hold_and_their_breach_is_told(Way way) throws Exception {
        Reason broken = Reason.of("limit.file-size", "too big");
        LiveBounds.Verdict verdict = (code, time) -> code == 153 ? Optional.of(broken) : Optional.empty();
        var bounds = new LiveBounds(Optional.empty(), "ulimit -f 8 || exit 126; ", verdict, () -> false);
        var started = bridge(way).start(HostBridge.with(sh("exec head -c 9000 /dev/zero >big"), bounds));
        try (LiveProgram program = started.program()) {
            assertThat(result(program).status()).isEqualTo(Status.LIMIT_EXCEEDED);
            assertThat(result(program).reason()).contains(broken);
        }
    }

    @ParameterizedTest
    @MethodSource("usual")
    void usage_counts_the_program_and_its_descendants_alone(Way way) throws Exception {
        try (LiveProgram program =
                bridge(way).start(sh("sleep 300 & sleep 300 & echo up; wait")).program()) {
            assertThat(program.stdout().readNBytes(3)).hasSize(3);
            LiveUsage usage = program.usage(Duration.ofSeconds(20));
            assertThat(usage.processes()).isEqualTo(3);
            assertThat(usage.memoryBytes()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void the_program_ends_when_nobody_is_connected_any_more(Way way) throws Exception {
        var started = bridge(way).start(sh("exec sleep 300"));
        long pid = started.program().started().join().program();
        // The control connection is what a killed host lets go of.
        started.program().end(Ending.cancelled(Reason.of("test.lost", "as if the host had been killed")));
        assertThat(started.bridge().waitFor(20, TimeUnit.SECONDS)).isTrue();
        awaitEnd(pid);
    }
}
