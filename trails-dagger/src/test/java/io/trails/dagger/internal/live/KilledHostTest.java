package io.trails.dagger.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.Command;
import io.trails.dagger.ProviderOf;
import io.trails.daggerdouble.EngineProcess;
import io.trails.daggerdouble.scene.Release;
import io.trails.spi.Plan;
import io.trails.spi.SandboxNotice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM with a live program leaves when it is killed. */
@Timeout(240)
class KilledHostTest {
    private static final String NAME = "victim";

    @TempDir
    Path folder;

    private EngineProcess engine;
    private Path cli;

    @BeforeEach
    void start() throws IOException {
        engine = EngineProcess.start(Release.V1_0_0_BETA_10, folder.resolve("engine"));
        cli = engine.cli(folder.resolve("bin"));
    }

    @AfterEach
    void end() throws IOException {
        engine.close();
    }

    private void kill(String program) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LiveVictim.class.getName(),
                        cli.toString(),
                        engine.runnerHost(),
                        folder.toString(),
                        NAME,
                        program)
                .inheritIO()
                .start();
        try {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> Files.exists(folder.resolve("ready")) || !victim.isAlive());
            assertThat(victim.isAlive()).isTrue();
        } finally {
            victim.destroyForcibly();
            assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> engine.control("running").strip().equals("0"));
    }

    private LiveSession reopen() throws IOException {
        var stored = new Properties();
        try (var in = Files.newInputStream(folder.resolve("plan"))) {
            stored.load(in);
        }
        var values = new HashMap<String, String>();
        stored.forEach((key, value) -> values.put((String) key, (String) value));
        return new LiveSession(ProviderOf.engine(cli, engine.runnerHost()), folder, NAME, new Plan(values));
    }

    @Test
    void what_its_program_wrote_comes_back_and_the_users_edits_stay() throws Exception {
        kill("echo 1 >made; rm src/deep/code; echo up; exec sleep 300");
        Path project = folder.resolve(NAME + "-project");
        assertThat(project.resolve("made")).doesNotExist();
        Files.writeString(project.resolve("README.md"), "Edited after the crash.\n");
        Files.writeString(project.resolve("new"), "Added after the crash.\n");
        try (LiveSession session = reopen()) {
            session.sandbox().exec(Command.of("true")).orThrow();
            assertThat(project.resolve("made")).hasContent("1");
            // Whether the user changed it since, nobody knows.
            assertThat(project.resolve("src/deep/code")).hasContent("code");
            assertThat(project.resolve("README.md")).hasContent("Edited after the crash.");
            assertThat(project.resolve("new")).hasContent("Added after the crash.");
            assertThat(session.notices).anyMatch(notice -> notice.kind() == SandboxNotice.Kind.WITHHELD);
            assertThat(session.own.toFile().list()).doesNotContain("live");
        }
    }

    @Test
    void what_the_engine_lost_too_is_told_and_nothing_is_removed() throws Exception {
        kill("echo 1 >made; echo up; exec sleep 300");
        engine.kill();
        engine.restart();
        engine.control("prune");
        Path project = folder.resolve(NAME + "-project");
        try (LiveSession session = reopen()) {
            session.sandbox().exec(Command.of("true")).orThrow();
            assertThat(project.resolve("README.md")).exists();
            assertThat(project.resolve("src/deep/code")).exists();
            if (!Files.exists(project.resolve("made"))) {
                List<String> told = session.notices.stream()
                        .filter(notice -> notice.kind() == SandboxNotice.Kind.LOST)
                        .map(notice -> notice.reason().code())
                        .toList();
                assertThat(told).contains("dagger.live-files-lost");
            }
        }
    }
}
