package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Execution;
import io.trails.Input;
import io.trails.Limits;
import io.trails.RemovalPolicy;
import io.trails.Signal;
import io.trails.TrailsInterruptedException;
import io.trails.spi.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "what re-parented is found through /proc, and looked for there")
class HostTreeTest {
    private static final List<String> DESCENDANTS =
            List.of("child", "session", "nohup", "daemon", "cleared", "clearedchild", "stubborn");

    @TempDir
    Path folder;

    private HostFixture host;

    @BeforeEach
    void open() throws IOException {
        host = new HostFixture(folder);
        host.script("program", """
                #!/bin/sh
                sleep 1000 & echo $! > child
                setsid sh -c 'echo $$ > session; exec sleep 1000' &
                nohup sh -c 'echo $$ > nohup; exec sleep 1000' >/dev/null 2>&1 &
                ( ( setsid sh -c 'echo $$ > daemon; exec sleep 1000' & ) & )
                env -i /bin/sh -c 'echo $$ > cleared; exec /bin/sleep 1000' &
                env -i setsid /bin/sh -c '/bin/sleep 1000 & echo $! > clearedchild; wait' &
                sh -c 'trap "" TERM HUP INT; echo $$ > stubborn; while :; do sleep 1; done' &
                exec sleep 1000
                """);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private List<Long> awaitDescendants() {
        var pids = new ArrayList<Long>();
        for (String name : DESCENDANTS) pids.add(host.awaitPid(name));
        return pids;
    }

    private boolean allStarted() {
        return DESCENDANTS.stream()
                .allMatch(name -> host.home.resolve(name).toFile().length() > 0);
    }

    private static void assertAllRan(List<Long> pids) {
        assertThat(pids).allMatch(HostFixture::runs);
    }

    private static void assertNoneRuns(List<Long> pids) {
        assertThat(pids).noneMatch(HostFixture::runs);
    }

    private CompletableFuture<ExecResult> execInBackground(Command command) {
        return CompletableFuture.supplyAsync(() -> host.sandbox.exec(command), task -> new Thread(task).start());
    }

    @Test
    void a_timeout_leaves_no_descendant() throws IOException {
        Duration timeout = Duration.ofSeconds(2);
        ExecResult result = host.sandbox.exec(Command.of("./program").timeout(timeout));
        // A busy machine may need longer to start them all, and who was not there yet proves nothing.
        while (!allStarted() && timeout.toSeconds() < 30) {
            for (String name : DESCENDANTS) Files.deleteIfExists(host.home.resolve(name));
            timeout = timeout.multipliedBy(3);
            result = host.sandbox.exec(Command.of("./program").timeout(timeout));
        }
        assertNoneRuns(awaitDescendants());
        assertThat(result.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(result.reason().orElseThrow().code()).isEqualTo("exec.timeout");
    }

    @Test
    void an_interrupt_leaves_no_descendant_and_restores_the_flag() throws InterruptedException {
        var thrown = new AtomicReference<Throwable>();
        var flag = new AtomicReference<Boolean>();
        var thread = new Thread(() -> {
            try {
                host.sandbox.exec(Command.of("./program"));
            } catch (RuntimeException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        List<Long> pids = awaitDescendants();
        assertAllRan(pids);
        thread.interrupt();
        thread.join(30_000);
        assertThat(thrown.get()).isInstanceOf(TrailsInterruptedException.class);
        assertThat(flag.get()).isTrue();
        assertNoneRuns(pids);
    }

    @Test
    void closing_the_sandbox_cancels_what_runs() {
        CompletableFuture<ExecResult> exec = execInBackground(Command.of("./program"));
        Execution started = host.sandbox.start(Command.of("sleep", "1000"));
        List<Long> pids = awaitDescendants();
        host.sandbox.close();
        assertNoneRuns(pids);
        assertThat(exec.orTimeout(30, TimeUnit.SECONDS).join().status()).isEqualTo(Status.CANCELLED);
        assertThat(started.onExit().orTimeout(30, TimeUnit.SECONDS).join().status())
                .isEqualTo(Status.CANCELLED);
    }

    @Test
    void closing_an_execution_leaves_no_descendant() {
        Execution execution = host.sandbox.start(Command.of("./program"));
        List<Long> pids = awaitDescendants();
        assertAllRan(pids);
        execution.close();
        assertNoneRuns(pids);
        assertThat(execution.onExit().orTimeout(30, TimeUnit.SECONDS).join().status())
                .isEqualTo(Status.CANCELLED);
        assertThat(execution.isAlive()).isFalse();
    }

    @Test
    void stopping_ends_the_session_and_nobody_else() throws IOException {
        try (var other = new HostFixture(folder.resolve("other"))) {
            Execution bystander = other.sandbox.start(Command.of("sleep", "1000"));
            CompletableFuture<ExecResult> exec = execInBackground(Command.of("./program"));
            List<Long> pids = awaitDescendants();
            host.sandbox.stop();
            assertNoneRuns(pids);
            assertThat(exec.orTimeout(30, TimeUnit.SECONDS).join().status()).isEqualTo(Status.CANCELLED);
            assertThat(bystander.isAlive()).isTrue();
            assertThat(host.sandbox.exec(Command.of("true")).ok()).isTrue();
        }
    }

    @Test
    void what_a_killed_host_left_is_ended_by_the_next_one() throws Exception {
        Process first = HostFixture.java(HostProgram.class, List.of(), "wait", folder.toString())
                .start();
        List<Long> pids = awaitDescendants();
        first.destroyForcibly().waitFor();
        assertAllRan(pids);
        assertThat(host.provider.remove(host.plan, RemovalPolicy.safe()).kept()).isNotEmpty();
        assertThat(host.sandbox.usage().processes()).isGreaterThanOrEqualTo(pids.size());
        host.sandbox.stop();
        assertNoneRuns(pids);
        assertThat(host.provider.remove(host.plan, RemovalPolicy.safe()).complete())
                .isTrue();
    }

    @Test
    void removal_ends_processes_only_if_the_policy_does() throws IOException {
        host.script("leave", "setsid sleep 1000 >/dev/null 2>&1 & echo $! > pid\n");
        host.sandbox.exec(Command.of("./leave")).orThrow();
        long pid = host.awaitPid("pid");
        assertThat(host.provider.remove(host.plan, RemovalPolicy.safe()).complete())
                .isFalse();
        assertThat(HostFixture.runs(pid)).isTrue();
        assertThat(host.provider
                        .remove(host.plan, RemovalPolicy.safe().endingProcesses())
                        .removed())
                .hasSize(1);
        assertThat(HostFixture.runs(pid)).isFalse();
        assertThat(host.provider.remove(host.plan, RemovalPolicy.safe()).complete())
                .isTrue();
    }

    @Test
    void a_background_program_may_hold_the_output_open() throws IOException {
        host.script("leave", "sleep 1000 & echo $! > pid; sleep 0.3; echo done\n");
        ExecResult result = host.sandbox.exec(Command.of("./leave")).orThrow();
        assertThat(result.stdout().text()).isEqualTo("done\n");
        host.sandbox.stop();
        assertThat(HostFixture.runs(host.awaitPid("pid"))).isFalse();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("trails-host-" + host.plan.get("mark"))));
    }

    @Test
    void a_flood_and_an_unread_input_do_not_outlive_the_timeout() {
        Command flood = Command.of("sh", "-c", "yes & yes >&2").stdin(Input.bytes(new byte[1 << 20]));
        Duration timeout = Duration.ofMillis(500);
        ExecResult result = host.sandbox.exec(flood.timeout(timeout));
        // A busy machine may need longer to print so much.
        while (result.stdout().size() <= 1 << 20 && timeout.toSeconds() < 30) {
            timeout = timeout.multipliedBy(4);
            result = host.sandbox.exec(flood.timeout(timeout));
        }
        assertThat(result.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(result.stdout().size()).isGreaterThan(1 << 20);
        assertThat(result.stdout().bytes().length).isLessThan((1 << 20) + 100);
        assertThat(host.sandbox.usage().processes()).isZero();
    }

    @Test
    void a_program_that_multiplies_is_ended() throws IOException {
        host.script(
                "fork", "trap '' TERM; for i in $(seq 1 100); do (trap '' TERM; sleep 100; sleep 100) & done; wait\n");
        Execution execution = host.sandbox.start(Command.of("./fork"));
        await().atMost(Duration.ofSeconds(30)).until(() -> host.sandbox.usage().processes() >= 200);
        execution.close();
        assertThat(host.sandbox.usage().processes()).isZero();
    }

    @Test
    void a_session_inside_a_session_ends_with_the_outer_one() throws IOException {
        var inside = HostFixture.with(System.getenv(), Marks.SESSION, host.plan.get("mark"));
        try (var inner = new HostFixture(folder.resolve("inner"), Limits.none(), inside)) {
            Execution execution = inner.sandbox.start(Command.of("sleep", "1000"));
            host.sandbox.stop();
            assertThat(execution.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitCode())
                    .isEqualTo(143);
        }
    }

    @Test
    void an_execution_has_live_streams_and_takes_signals() throws Exception {
        Execution execution = host.sandbox.start(Command.of("cat"));
        execution.stdin().write("ping".getBytes(StandardCharsets.UTF_8));
        execution.stdin().flush();
        assertThat(execution.stdout().readNBytes(4)).isEqualTo("ping".getBytes(StandardCharsets.UTF_8));
        assertThat(HostFixture.runs(execution.pid().orElseThrow())).isTrue();
        execution.signal(Signal.HANGUP);
        ExecResult result = execution.onExit().get(20, TimeUnit.SECONDS);
        assertThat(result.exitCode()).isEqualTo(129);
        execution.signal(Signal.KILL);
        execution.close();
        assertThat(execution.onExit().join()).isEqualTo(result);
    }

    @Test
    void every_signal_arrives() throws Exception {
        for (Signal signal : Signal.values()) {
            host.script(
                    "trap",
                    "trap 'exit 41' HUP; trap 'exit 42' INT; trap 'exit 43' TERM; echo ready; while :; do sleep 0.05; done\n");
            try (Execution execution = host.sandbox.start(Command.of("./trap"))) {
                assertThat(execution.stdout().readNBytes(6)).hasSize(6);
                execution.signal(signal);
                int expected = switch (signal) {
                    case HANGUP -> 41;
                    case INTERRUPT -> 42;
                    case TERMINATE -> 43;
                    case KILL -> 137;
                };
                assertThat(execution.onExit().get(20, TimeUnit.SECONDS).exitCode())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void an_execution_with_an_input_of_its_own_has_no_stdin() {
        try (Execution execution = host.sandbox.start(Command.of("cat").stdin(Input.text("given")))) {
            assertThatThrownBy(() -> execution.stdin().write(1)).isInstanceOf(IOException.class);
            assertThat(execution.stdout()).hasBinaryContent("given".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void an_opened_session_sees_what_another_sandbox_started() {
        Execution execution = host.sandbox.start(Command.of("sleep", "1000"));
        try (Sandbox again = host.provider.open(host.plan, host.request)) {
            assertThat(again.usage().processes()).isEqualTo(1);
        }
        assertThat(execution.isAlive()).isTrue();
    }
}
