package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Limits;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Terminal;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A headless terminal as part of its session. */
@EnabledOnOs(OS.LINUX)
class SessionTerminalTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final RemovalPolicy ENDING = RemovalPolicy.safe().endingProcesses();

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
    }

    @Test
    void an_idle_shell_is_two_processes_of_the_session() {
        try (Trails trails = trails()) {
            Session session = trails.open(
                    spec().limits(Limits.builder().processes(3).build()).build());
            Terminal shell = session.terminal();

            assertThat(shell.run("echo hello", SOON).orThrow().stdout().text()).isEqualTo("hello\n");
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(session.usage().processes()).isEqualTo(2));
            session.remove(ENDING);
        }
    }

    private Trails trails() {
        return Trails.builder(project).provider(new FolderWorkspace()).build();
    }

    private static SessionSpec.Builder spec() {
        return SessionSpec.named("work")
                .mode(Mode.named("folder")
                        .workspaces("test.folder")
                        .terminals("headless")
                        .build());
    }
}
