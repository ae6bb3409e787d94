package io.trails.dagger.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Execution;
import io.trails.TrailsException;
import io.trails.dagger.TestEngine;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live programs where the engine or the image lets them down. */
@Timeout(180)
class LostEngineTest {
    @TempDir
    Path folder;

    private TestEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = TestEngine.start(Release.V0_20_8, folder);
    }

    @AfterEach
    void end() throws IOException {
        engine.close();
    }

    private static Command sh(String script) {
        return Command.of("/bin/sh", "-c", script);
    }

    private static void expect(String line, Execution running) throws IOException {
        byte[] expected = (line + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(running.stdout().readNBytes(expected.length)).isEqualTo(expected);
    }

    @Test
    void a_program_whose_engine_is_gone_says_so_and_its_files_are_those_that_came_back() throws Exception {
        try (var session = new LiveSession(engine, folder, "lost");
                Execution running =
                        session.sandbox().start(sh("echo 1 >made; echo up; read go; echo 2 >later; sleep 300"))) {
            expect("up", running);
            session.sandbox().copy().orElseThrow().bringBack();
            engine.engine().kill();
            ExecResult result = running.onExit().get(60, TimeUnit.SECONDS);
            assertThat(result.status()).isEqualTo(Status.CANCELLED);
            assertThat(result.reason().orElseThrow().code()).isEqualTo("dagger.engine-lost");
            assertThat(running.stdout().read()).isEqualTo(-1);
            engine.engine().restart();
            assertThat(session.sandbox()
                            .exec(sh("cat made; cat later 2>&1; true"))
                            .orThrow()
                            .stdout()
                            .text())
                    .startsWith("1\n");
            assertThat(session.project.resolve("made")).hasContent("1");
        }
    }

    @Test
    void an_image_without_a_connector_is_told_soon_and_moves_no_files() throws Exception {
        try (var session = new LiveSession(engine, folder, "bare", Map.of("TRAILS_CONNECTORS", "none"))) {
            assertThatThrownBy(() -> session.sandbox().start(sh("true")))
                    .isInstanceOfSatisfying(TrailsException.class, e -> {
                        assertThat(e.code()).isEqualTo("dagger.start-unsupported");
                        assertThat(e).hasMessageContaining("perl, python3, socat");
                    });
            assertThat(engine.engine().traffic().queries())
                    .noneMatch(query -> query.text().contains("cacheVolume"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "socat", "nc-N", "bash"})
    void other_connectors_do_as_well(String connector) throws Exception {
        try (var session = new LiveSession(engine, folder, "other", Map.of("TRAILS_CONNECTORS", connector));
                Execution running = session.sandbox().start(sh("read line; echo got $line; exit 3"))) {
            running.stdin().write("word\n".getBytes(StandardCharsets.UTF_8));
            running.stdin().flush();
            expect("got word", running);
            assertThat(running.onExit().get(60, TimeUnit.SECONDS).exitCode()).isEqualTo(3);
        }
    }
}
