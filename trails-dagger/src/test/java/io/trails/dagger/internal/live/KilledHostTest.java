package io.trails.dagger.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.Change;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM with a live program leaves when it is killed. */
@Timeout(240)
class KilledHostTest {
    private static final String NAME = "victim";

    private static EngineProcess engine;
    private static Path cli;

    @TempDir
    Path folder;

    @BeforeAll
    static void start(@TempDir Path place) throws IOException {
        engine = EngineProcess.start(Release.V1_0_0_BETA_10, place.resolve("engine"));
        cli = engine.cli(place.resolve("bin"));
    }

    @AfterAll
    static void end() {
        engine.close();
    }

    /** @param work a program that says a line, and a command to run beside it, after which it gets a line and says one */
    private void kill(String... work) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LiveVictim.class.getName(),
                cli.toString(),
                engine.runnerHost(),
                folder.toString(),
                NAME));
        command.addAll(List.of(work));
        Process victim = new ProcessBuilder(command).inheritIO().start();
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

    private static List<String> conflicts(LiveSession session) {
        return session.sandbox().copy().orElseThrow().pending().files().stream()
                .map(Change::path)
                .toList();
    }

    @Test
    void what_its_program_did_comes_back_where_nobody_else_touched_it() throws Exception {
        kill("echo 1 >made; echo agent >README.md; rm src/deep/code; echo up; exec sleep 300");
        Path project = folder.resolve(NAME + "-project");
        assertThat(project.resolve("made")).doesNotExist();
        Files.writeString(project.resolve("new"), "Added after the crash.\n");
        try (LiveSession session = reopen()) {
            assertThat(session.sandbox()
                            .exec(Command.of("cat", "new"))
                            .orThrow()
                            .stdout()
                            .text())
                    .contains("Added after");
            assertThat(project.resolve("made")).hasContent("1");
            assertThat(project.resolve("README.md")).hasContent("agent");
            assertThat(project.resolve("src/deep/code")).doesNotExist();
            assertThat(project.resolve("new")).hasContent("Added after the crash.");
            assertThat(conflicts(session)).isEmpty();
            assertThat(session.notices).noneMatch(notice -> notice.kind() == SandboxNotice.Kind.WITHHELD);
            assertThat(session.own.toFile().list()).doesNotContain("live", "live-seen", "live-seen-recent");
        }
    }

    @Test
    void what_users_touched_since_stays_and_is_a_conflict() throws Exception {
        kill("echo agent >README.md; rm src/deep/code; echo up; exec sleep 300");
        Path project = folder.resolve(NAME + "-project");
        Files.writeString(project.resolve("README.md"), "Edited after the crash.\n");
        Files.writeString(project.resolve("src/deep/code"), "Edited after the crash.\n");
        try (LiveSession session = reopen()) {
            session.sandbox().exec(Command.of("true")).orThrow();
            assertThat(project.resolve("README.md")).hasContent("Edited after the crash.");
            assertThat(project.resolve("src/deep/code")).hasContent("Edited after the crash.");
            assertThat(conflicts(session)).containsExactly("README.md", "src/deep/code");
            assertThat(session.own.resolve("pending")).isDirectoryRecursivelyContaining("glob:**/README.md");
            assertThat(session.notices).anyMatch(notice -> notice.kind() == SandboxNotice.Kind.WITHHELD);
        }
    }

    @Test
    void what_users_alone_touched_since_is_theirs() throws Exception {
        kill("echo 1 >made; echo up; exec sleep 300");
        Path project = folder.resolve(NAME + "-project");
        Files.writeString(project.resolve("README.md"), "Edited after the crash.\n");
        Files.delete(project.resolve("src/deep/code"));
        try (LiveSession session = reopen()) {
            assertThat(session.sandbox()
                            .exec(Command.of("sh", "-c", "cat README.md made; ls src/deep"))
                            .orThrow()
                            .stdout()
                            .text())
                    .isEqualTo("Edited after the crash.\n1\n");
            assertThat(project.resolve("README.md")).hasContent("Edited after the crash.");
            assertThat(project.resolve("src/deep/code")).doesNotExist();
            assertThat(project.resolve("made")).hasContent("1");
            assertThat(conflicts(session)).isEmpty();
            assertThat(session.notices).noneMatch(notice -> notice.kind() == SandboxNotice.Kind.WITHHELD);
        }
    }

    private static final String TWICE = "echo up; read go; echo 2 >made; echo 2 >README.md; echo on; exec sleep 300";

    @Test
    void what_had_come_back_before_is_no_conflict() throws Exception {
        kill(TWICE, "echo 1 >made; echo 1 >README.md");
        Path project = folder.resolve(NAME + "-project");
        assertThat(project.resolve("made")).hasContent("1");
        try (LiveSession session = reopen()) {
            session.sandbox().exec(Command.of("true")).orThrow();
            assertThat(project.resolve("made")).hasContent("2");
            assertThat(project.resolve("README.md")).hasContent("2");
            assertThat(conflicts(session)).isEmpty();
        }
    }

    @Test
    void a_kill_between_what_came_back_and_its_record_overwrites_nothing() throws Exception {
        kill(TWICE, "echo 1 >made; echo 1 >README.md");
        Path project = folder.resolve(NAME + "-project");
        Files.delete(folder.resolve(NAME + "-own/dagger/live-seen-recent"));
        try (LiveSession session = reopen()) {
            session.sandbox().exec(Command.of("true")).orThrow();
            assertThat(project.resolve("made")).hasContent("1");
            assertThat(project.resolve("README.md")).hasContent("1");
            assertThat(conflicts(session)).containsExactly("README.md", "made");
        }
    }

    @Test
    void without_a_record_that_can_be_believed_every_other_version_is_a_conflict() throws Exception {
        kill("echo 1 >made; echo agent >README.md; rm src/deep/code; echo up; exec sleep 300");
        Path project = folder.resolve(NAME + "-project");
        Files.writeString(folder.resolve(NAME + "-own/dagger/live-seen"), "damaged");
        try (LiveSession session = reopen()) {
            session.sandbox().exec(Command.of("true")).orThrow();
            assertThat(project.resolve("made")).hasContent("1");
            assertThat(project.resolve("README.md")).hasContent("A project.");
            assertThat(project.resolve("src/deep/code")).hasContent("code");
            assertThat(conflicts(session)).containsExactly("README.md");
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
