package io.trails.dagger.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Execution;
import io.trails.Input;
import io.trails.Signal;
import io.trails.TrailsException;
import io.trails.Usage;
import io.trails.dagger.TestEngine;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code start} does in a container. */
@Timeout(180)
class LiveSandboxTest {
    private static TestEngine engine;

    @TempDir
    Path folder;

    private LiveSession session;

    @BeforeAll
    static void startEngine(@TempDir Path place) throws IOException {
        engine = TestEngine.start(Release.V0_21_8, place);
    }

    @AfterAll
    static void endEngine() throws IOException {
        engine.close();
    }

    @BeforeEach
    void open(TestInfo test) throws IOException {
        session = new LiveSession(
                engine,
                folder,
                "live-" + Integer.toHexString(test.getDisplayName().hashCode()));
    }

    @AfterEach
    void close() {
        session.close();
        // An engine that is told to end a program answers, after a while, though it is not over yet.
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(threads()).isEmpty();
            assertThat(engine.engine().traffic().running()).isZero();
        });
        assertThat(session.own).doesNotExist();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("trails-live"))
                .toList();
    }

    private static Command sh(String script) {
        return Command.of("/bin/sh", "-c", script);
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static ExecResult result(Execution running) throws Exception {
        return running.onExit().get(60, TimeUnit.SECONDS);
    }

    private static void expect(String line, Execution running) throws IOException {
        byte[] expected = (line + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(running.stdout().readNBytes(expected.length)).isEqualTo(expected);
    }

    private String sh(String script, Map<String, String> environment) {
        return session.sandbox()
                .exec(sh(script).environment(environment))
                .orThrow()
                .stdout()
                .text();
    }

    @Test
    void a_program_reads_and_writes_while_it_runs() throws Exception {
        try (Execution running = session.sandbox().start(sh("while read line; do echo \"got $line\"; done; exit 7"))) {
            var stdin = running.stdin();
            for (String word : List.of("one", "two")) {
                stdin.write((word + "\n").getBytes(StandardCharsets.UTF_8));
                stdin.flush();
                expect("got " + word, running);
            }
            assertThat(running.isAlive()).isTrue();
            stdin.close();
            assertThat(result(running).exitCode()).isEqualTo(7);
            assertThat(running.stdout().read()).isEqualTo(-1);
        }
    }

    @Test
    void arguments_directory_variables_and_input_reach_it() throws Exception {
        var command = Command.of(
                        "/bin/sh",
                        "-c",
                        "pwd; printf '<%s>' \"$@\" \"$ACME_TOKEN\" \"$PLAIN\"; cat",
                        "x",
                        "a b",
                        "",
                        "é\n$")
                .in(Path.of("src/deep"))
                .environment(Map.of("ACME_TOKEN", "secret-value", "PLAIN", "two\nlines"))
                .stdin(Input.text("input"));
        try (Execution running = session.sandbox().start(command)) {
            assertThat(text(running.stdout()))
                    .isEqualTo("/workspace/src/deep\n<a b><><é\n$><secret-value><two\nlines>input");
            assertThat(result(running).ok()).isTrue();
            assertThat(engine.engine().traffic().queries())
                    .as("a query shows no secret")
                    .noneMatch(query -> query.text().contains("secret-value"));
        }
    }

    @Test
    void what_cannot_be_started_says_so() {
        for (Command command : List.of(Command.of("no-such-program"), sh("true").in(Path.of("nowhere")))) {
            assertThatThrownBy(() -> session.sandbox().start(command))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("exec.not-started"));
        }
        assertThat(sh("ls -d nowhere 2>&1 || echo none", Map.of())).contains("none");
    }

    @Test
    void files_come_back_when_the_last_program_has_ended() throws Exception {
        try (Execution running =
                session.sandbox().start(sh("echo new >made; rm README.md; echo more >>src/deep/code"))) {
            assertThat(result(running).ok()).isTrue();
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(session.project.resolve("made")).hasContent("new");
            assertThat(session.project.resolve("README.md")).doesNotExist();
            assertThat(session.project.resolve("src/deep/code")).hasContent("code\nmore");
        });
        assertThat(sh("cat made", Map.of())).isEqualTo("new\n");
    }

    @Test
    void commands_and_the_host_see_the_files_of_a_running_program() throws Exception {
        try (Execution running = session.sandbox().start(sh("echo 1 >made; echo up; read go; cat told; read end"))) {
            expect("up", running);
            assertThat(sh("cat made; echo by command >told", Map.of())).isEqualTo("1\n");
            assertThat(session.project.resolve("made")).hasContent("1");
            assertThat(session.project.resolve("told")).hasContent("by command");
            Files.writeString(session.project.resolve("told"), "by the host\n");
            sh("true", Map.of());
            running.stdin().write("go\n".getBytes(StandardCharsets.UTF_8));
            expect("by the host", running);
        }
    }

    @Test
    void files_come_back_on_request_while_a_program_runs() throws Exception {
        try (Execution running = session.sandbox().start(sh("echo 1 >made; echo up; read end"))) {
            expect("up", running);
            session.sandbox().copy().orElseThrow().bringBack();
            assertThat(session.project.resolve("made")).hasContent("1");
            assertThat(running.isAlive()).isTrue();
        }
    }

    @Test
    void signals_timeouts_and_closing_end_it() throws Exception {
        try (Execution running =
                session.sandbox().start(sh("trap 'exit 9' INT; echo up; while :; do sleep 0.1; done"))) {
            expect("up", running);
            running.signal(Signal.INTERRUPT);
            assertThat(result(running).exitCode()).isEqualTo(9);
        }
        try (Execution running = session.sandbox().start(sh("sleep 300").timeout(Duration.ofSeconds(1)))) {
            assertThat(result(running).status()).isEqualTo(Status.TIMED_OUT);
        }
        Execution running = session.sandbox().start(sh("sleep 300 & sleep 300"));
        running.close();
        assertThat(result(running).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void usage_counts_its_processes() throws Exception {
        try (Execution running = session.sandbox().start(sh("sleep 300 & echo up; wait"))) {
            expect("up", running);
            // Who does not answer within two seconds is not counted.
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                Usage usage = session.sandbox().usage();
                assertThat(usage.processes()).isEqualTo(2);
                assertThat(usage.memoryBytes()).isPositive();
            });
            session.sandbox().stop();
            assertThat(result(running).status()).isEqualTo(Status.CANCELLED);
        }
        assertThat(session.sandbox().usage().processes()).isZero();
    }

    @Test
    void many_programs_run_at_once() throws Exception {
        int many = 50;
        var running = new ArrayList<Execution>();
        for (int i = 0; i < many; i++) running.add(session.sandbox().start(sh("read line; echo $line " + i)));
        for (Execution program : running) {
            program.stdin().write("hello\n".getBytes(StandardCharsets.UTF_8));
            program.stdin().flush();
        }
        for (int i = 0; i < many; i++) {
            assertThat(text(running.get(i).stdout())).isEqualTo("hello " + i + "\n");
            assertThat(result(running.get(i)).ok()).isTrue();
        }
        for (Execution program : running) program.close();
    }
}
