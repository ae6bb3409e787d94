package io.trails.dagger.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.dagger.internal.graph.Graph;
import io.trails.daggerdouble.EngineDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ConnectTest {
    @TempDir
    Path directory;

    private Path script(String name, String body) throws IOException {
        Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static void refused(Engines engines, EngineChoice choice, String code) {
        assertThatThrownBy(() -> engines.connect(choice))
                .isInstanceOfSatisfying(EngineUnavailableException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.reason().remedy()).isNotBlank();
                });
        await().atMost(Scene.PATIENCE).until(() -> Scene.children() == 0);
    }

    @Test
    void the_program_is_found_on_the_path_of_the_environment() throws IOException {
        try (Scene scene = new Scene(directory)) {
            Map<String, String> environment = new HashMap<>(scene.environment());
            environment.put("PATH", scene.cli().getParent() + ":" + environment.get("PATH"));
            environment.put("_EXPERIMENTAL_DAGGER_RUNNER_HOST", scene.engine().runnerHost());
            try (Engines engines = new Engines(environment)) {
                assertThat(engines.connect(EngineChoice.standard(Scene.PATIENCE))
                                .version())
                        .isEqualTo("v0.21.8");
            }
        }
    }

    @Test
    void the_environment_names_a_program_below_its_home() throws IOException {
        try (Scene scene = new Scene(directory)) {
            Map<String, String> environment = new HashMap<>(scene.environment());
            environment.put("HOME", directory.toString());
            environment.put("_EXPERIMENTAL_DAGGER_CLI_BIN", "~/bin/dagger");
            environment.put("_EXPERIMENTAL_DAGGER_RUNNER_HOST", scene.engine().runnerHost());
            try (Engines engines = new Engines(environment)) {
                assertThat(engines.connect(EngineChoice.standard(Scene.PATIENCE))
                                .version())
                        .isEqualTo("v0.21.8");
            }
        }
    }

    /** It is somebody else's: using it must not end it. */
    @Test
    void a_session_that_is_there_is_used_and_left_alone() throws IOException {
        try (Scene scene = new Scene(directory);
                GivenDouble given = new GivenDouble(scene)) {
            try (Engines engines = new Engines(given.environment())) {
                EngineConnection connection = engines.connect(EngineChoice.standard(Scene.PATIENCE));
                assertThat(connection.version()).isEqualTo("v0.21.8");
                assertThat(Scene.children()).isEqualTo(1);
            }
            assertThat(given.isAlive()).isTrue();
        }
    }

    @Test
    void a_choice_that_names_an_engine_gets_that_one() throws IOException {
        try (Scene scene = new Scene(directory)) {
            Map<String, String> environment = new HashMap<>(scene.environment());
            environment.put("DAGGER_SESSION_PORT", "1");
            environment.put("DAGGER_SESSION_TOKEN", "hunter2");
            try (Engines engines = new Engines(environment)) {
                assertThat(engines.connect(scene.choice()).version()).isEqualTo("v0.21.8");
            }
        }
    }

    @Test
    void a_session_named_by_halves_or_with_another_token_is_refused() throws IOException {
        EngineChoice choice = EngineChoice.standard(Scene.PATIENCE);
        try (Scene scene = new Scene(directory);
                GivenDouble given = new GivenDouble(scene)) {
            Map<String, String> environment = new HashMap<>(given.environment());
            environment.put("DAGGER_SESSION_TOKEN", "hunter2");
            assertThatThrownBy(() -> new Engines(environment).connect(choice))
                    .hasMessageNotContaining("hunter2")
                    .extracting(e -> ((TrailsException) e).code())
                    .isEqualTo("dagger.session-refused");
            environment.remove("DAGGER_SESSION_TOKEN");
            assertThatThrownBy(() -> new Engines(environment).connect(choice))
                    .extracting(e -> ((TrailsException) e).code())
                    .isEqualTo("dagger.session-invalid");
        }
    }

    @Test
    void a_program_that_is_missing_or_no_program_is_told_apart() throws IOException {
        Map<String, String> environment = Map.of("PATH", directory.toString(), "HOME", directory.toString());
        try (Engines engines = new Engines(environment)) {
            refused(engines, EngineChoice.standard(Duration.ofSeconds(5)), "dagger.cli-missing");
            Path file = Files.writeString(directory.resolve("no-program"), "");
            refused(
                    engines,
                    new EngineChoice("a", Optional.of(file), Optional.empty(), Duration.ofSeconds(5)),
                    "dagger.cli-not-executable");
        }
    }

    @Test
    void an_engine_that_nobody_runs_is_told_at_once() throws IOException {
        try (Scene scene = new Scene(directory)) {
            refused(
                    scene.engines(),
                    new EngineChoice(
                            "a", Optional.of(scene.cli()), Optional.of("unix:///nowhere/s"), Duration.ofMinutes(10)),
                    "dagger.engine-unreachable");
        }
    }

    @Test
    void a_program_that_is_too_old_is_refused() throws IOException {
        try (Scene scene = new Scene(directory)) {
            Path old = EngineDouble.cli(directory.resolve("old"), "v0.18.5");
            refused(
                    scene.engines(),
                    new EngineChoice(
                            "a", Optional.of(old), Optional.of(scene.engine().runnerHost()), Scene.PATIENCE),
                    "dagger.version-unsupported");
        }
    }

    @Test
    void a_program_that_ends_is_quoted() throws IOException {
        try (Scene scene = new Scene(directory)) {
            scene.engine().faults().refuseSessions("the disk is full of sand");
            assertThatThrownBy(scene::connect)
                    .hasMessageContaining("exit code 1")
                    .hasMessageContaining("full of sand")
                    .extracting(e -> ((TrailsException) e).code())
                    .isEqualTo("dagger.cli-ended");
        }
    }

    @Test
    void a_program_that_announces_what_is_no_session_is_not_waited_for() throws IOException {
        Path odd = script("dagger", """
            [ "$1" = version ] && { echo 'dagger v0.21.8 (x://y) linux/amd64'; exit; }
            echo '{"port":70000,"session_token":"x"}'
            exec sleep 300
            """);
        try (Engines engines = new Engines(System.getenv())) {
            refused(
                    engines,
                    new EngineChoice("a", Optional.of(odd), Optional.of("x://y"), Scene.PATIENCE),
                    "dagger.cli-ended");
        }
        await().atMost(Scene.PATIENCE).until(() -> Scene.threads() == 0);
    }

    @Test
    void a_start_that_hangs_ends_at_its_deadline_and_leaves_nothing() throws IOException {
        Path hanging = script("dagger", """
            [ "$1" = version ] && { echo 'dagger v0.21.8 (x://y) linux/amd64'; exit; }
            sleep 300 & sleep 301
            """);
        try (Engines engines = new Engines(System.getenv())) {
            refused(
                    engines,
                    new EngineChoice("a", Optional.of(hanging), Optional.of("x://y"), Duration.ofSeconds(4)),
                    "dagger.start-timeout");
        }
        await().atMost(Scene.PATIENCE)
                .until(() -> ProcessHandle.current().descendants().count() == 0);
        await().atMost(Scene.PATIENCE).until(() -> Scene.threads() == 0);
    }

    /** As when this process is gone, and the engine too. */
    @Test
    void a_program_that_does_not_heed_the_end_of_its_input_is_ended() throws IOException {
        Path deaf = script("dagger", "exec sleep 300\n");
        await().atMost(Scene.PATIENCE).until(() -> Scene.children() == 0);
        DaggerSession session = DaggerSession.start(deaf, Map.of("PATH", "/usr/bin:/bin"), new Redaction(), "a", 1);
        await().atMost(Scene.PATIENCE)
                .until(() -> ProcessHandle.current().descendants().count() >= 3);
        session.beginEnd();
        await().atMost(Scene.PATIENCE)
                .until(() -> ProcessHandle.current().descendants().count() == 0);
    }

    /** Nobody reads what it says for minutes otherwise, and then it stands still. */
    @Test
    void a_program_that_talks_without_end_is_listened_to() throws IOException {
        try (Scene scene = new Scene(directory)) {
            Path chatty = script(
                    "chatty",
                    "[ \"$1\" = version ] && { echo 'dagger v0.21.8 (x://y) linux/amd64'; exit; }\n"
                            + "head -c 20000000 /dev/zero | tr '\\0' 'x' >&2\n"
                            + "i=0; while [ $i -lt 20000 ]; do echo line $i >&2; i=$((i+1)); done\n"
                            + "exec '" + scene.cli() + "' \"$@\"\n");
            EngineConnection connection = scene.engines()
                    .connect(new EngineChoice(
                            "a",
                            Optional.of(chatty),
                            Optional.of(scene.engine().runnerHost()),
                            Duration.ofSeconds(60)));
            assertThat(connection.ask(Scene.PATIENCE, Graph.version()).get(Graph.version()))
                    .isEqualTo("v0.21.8");
        }
    }

    @Test
    void the_program_gets_a_scrubbed_environment_and_an_empty_directory_that_goes_with_it() throws IOException {
        try (Scene scene = new Scene(directory)) {
            Path curious = script(
                    "curious",
                    "[ \"$1\" = session ] && { env > '" + directory + "/env'; pwd > '" + directory
                            + "/pwd'; ls -a | wc -l >> '" + directory + "/pwd'; }\nexec '" + scene.cli()
                            + "' \"$@\"\n");
            Map<String, String> environment = new HashMap<>(scene.environment());
            environment.put("GIT_DIR", "/x");
            environment.put("TMUX", "/x");
            environment.put("TMUX_PANE", "/x");
            environment.put("DAGGER_SESSION_PORT", "1");
            environment.put("DAGGER_SESSION_TOKEN", "x");
            environment.put("DAGGER_MODULE", "evil");
            environment.put("HTTPS_PROXY", "http://proxy");
            environment.put("DOCKER_HOST", "unix:///d");
            environment.put("XDG_CACHE_HOME", directory.toString());
            try (Engines engines = new Engines(environment)) {
                engines.connect(new EngineChoice(
                        "a", Optional.of(curious), Optional.of(scene.engine().runnerHost()), Scene.PATIENCE));
                assertThat(Files.readAllLines(directory.resolve("env")))
                        .noneMatch(line -> line.matches("(GIT_|TMUX|DAGGER_SESSION|DAGGER_MODULE).*"))
                        .contains(
                                "HTTPS_PROXY=http://proxy",
                                "DOCKER_HOST=unix:///d",
                                "XDG_CACHE_HOME=" + directory,
                                "DO_NOT_TRACK=1",
                                "_EXPERIMENTAL_DAGGER_RUNNER_HOST="
                                        + scene.engine().runnerHost());
                assertThat(Files.readAllLines(directory.resolve("pwd")).get(1).strip())
                        .isEqualTo("2");
            }
            Path own = Path.of(Files.readAllLines(directory.resolve("pwd")).get(0));
            await().atMost(Scene.PATIENCE).until(() -> Files.notExists(own));
        }
    }

    @Test
    void whoever_gives_up_does_not_spoil_it_for_others() throws Exception {
        try (Scene scene = new Scene(directory)) {
            scene.engine().faults().slowStart(Duration.ofSeconds(2));
            var thrown = new AtomicReference<Throwable>();
            var impatient = new Thread(() -> {
                try {
                    scene.connect();
                } catch (RuntimeException e) {
                    thrown.set(e);
                }
            });
            impatient.start();
            await().atMost(Scene.PATIENCE).until(() -> impatient.getState() == Thread.State.TIMED_WAITING);
            impatient.interrupt();
            impatient.join(Scene.PATIENCE.toMillis());
            assertThat(thrown.get()).isInstanceOf(TrailsInterruptedException.class);
            assertThat(scene.connect().generation()).isEqualTo(1);
        }
    }

    @Test
    void closing_ends_a_start_that_is_under_way() throws Exception {
        try (Scene scene = new Scene(directory)) {
            scene.engine().faults().slowStart(Duration.ofSeconds(60));
            var thrown = new AtomicReference<Throwable>();
            var waiting = new Thread(() -> {
                try {
                    scene.connect();
                } catch (RuntimeException e) {
                    thrown.set(e);
                }
            });
            waiting.start();
            await().atMost(Scene.PATIENCE).until(() -> Scene.children() > 0);
            scene.engines().close();
            waiting.join(Scene.PATIENCE.toMillis());
            assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
            await().atMost(Scene.PATIENCE).until(() -> Scene.children() == 0);
            assertThatThrownBy(scene::connect).isInstanceOf(IllegalStateException.class);
        }
    }
}
