package io.trails.internal.engine;

import static io.trails.internal.terminal.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Key;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
            // To launch one takes a few more for a moment.
            Session session = trails.open(
                    spec().limits(Limits.builder().processes(10).build()).build());
            Terminal shell = session.terminal();

            assertThat(shell.run("echo hello", SOON).orThrow().stdout().text()).isEqualTo("hello\n");
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(session.usage().processes()).isEqualTo(2));
            session.remove(ENDING);
        }
    }

    @Test
    void a_terminal_of_a_removed_session_says_so() {
        try (Trails trails = trails();
                Trails other = trails()) {
            for (Trails remover : List.of(trails, other)) {
                Terminal shell = trails.open(spec().build()).terminal();
                shell.run("true", SOON).orThrow();
                remover.find("work").orElseThrow().remove(ENDING);

                List<ThrowingCallable> uses = List.of(
                        shell::capabilities,
                        () -> shell.type("x"),
                        () -> shell.paste("x"),
                        () -> shell.press(Key.ENTER),
                        shell::screen,
                        () -> shell.await(screen -> true, SOON),
                        () -> shell.resize(10, 10),
                        () -> shell.run("true", SOON),
                        shell::attachCommand,
                        shell::exitCode);

                assertThat(uses).allSatisfy(use -> assertCode(use, "session.removed"));
            }
        }
    }

    @Test
    void who_waits_for_a_terminal_learns_that_it_ended_or_that_its_session_was_removed() throws Exception {
        try (Trails trails = trails();
                Trails other = trails()) {
            for (Trails remover : List.of(trails, other)) {
                Terminal shell = trails.open(spec().build()).terminal();
                var seen = new CountDownLatch(1);
                var failure = new CompletableFuture<Throwable>();
                var waiter = new Thread(() -> {
                    try {
                        shell.await(
                                screen -> {
                                    seen.countDown();
                                    return false;
                                },
                                SOON);
                    } catch (Throwable failed) {
                        failure.complete(failed);
                    }
                });
                waiter.start();
                assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();

                remover.find("work").orElseThrow().remove(ENDING);

                assertThat(failure.get(20, TimeUnit.SECONDS))
                        .extracting("code")
                        .isIn("terminal.ended", "session.removed");
            }
        }
    }

    @Test
    void two_objects_for_the_same_terminal_are_equal() {
        try (Trails trails = trails()) {
            Session session = trails.open(spec().build());
            assertThat(session.terminal())
                    .isEqualTo(trails.find("work").orElseThrow().terminal());
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
