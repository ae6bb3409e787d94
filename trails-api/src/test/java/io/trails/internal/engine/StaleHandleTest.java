package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Checkpoint;
import io.trails.Command;
import io.trails.DiffRequest;
import io.trails.Execution;
import io.trails.MergeRequest;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.Signal;
import io.trails.Trails;
import io.trails.TrailsBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session object can still do once somebody else has removed its session. */
class StaleHandleTest {
    private static final Mode FOLDER =
            Mode.named("folder").workspaces("test.folder").terminals("headless").build();

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
    }

    @Test
    void a_handle_to_a_removed_session_runs_nothing() {
        try (Trails trails = trails().build();
                Trails other = trails().build()) {
            Session old = trails.open(spec("work", FOLDER));
            other.find("work").orElseThrow().remove(RemovalPolicy.safe());

            List<ThrowingCallable> uses = List.of(
                    old::info,
                    () -> old.exec("true"),
                    () -> old.start(Command.of("true")),
                    old::terminal,
                    old::changes,
                    old::capabilities,
                    () -> old.diff(DiffRequest.all(), file -> {}),
                    () -> old.writePatch(DiffRequest.all(), OutputStream.nullOutputStream()),
                    () -> old.checkpoint("now"),
                    old::checkpoints,
                    () -> old.restore(new Checkpoint("c", "work", "now", Instant.EPOCH)),
                    () -> old.preview(MergeRequest.into("main")),
                    () -> old.merge(MergeRequest.into("main")),
                    old::usage,
                    old::stop);

            assertThat(uses)
                    .allSatisfy(
                            use -> assertThatThrownBy(use).extracting("code").isEqualTo("session.removed"));
        }
    }

    @Test
    void a_handle_to_a_removed_session_ends_no_process_of_a_new_one_of_its_name() {
        try (Trails trails = trails().build();
                Trails other = trails().build()) {
            Session old = trails.open(spec("work", FOLDER));
            other.find("work").orElseThrow().remove(RemovalPolicy.safe());
            Session fresh = other.open(spec("work", FOLDER));
            try (Execution running = fresh.start(Command.of("sleep", "60"))) {
                assertThatThrownBy(old::stop).extracting("code").isEqualTo("session.removed");
                assertThat(running.isAlive()).isTrue();
                running.signal(Signal.TERMINATE);
                // A kill by the session would have come first.
                assertThat(running.onExit().toCompletableFuture().join().exitCode())
                        .isEqualTo(143);
            }
        }
    }

    @Test
    void a_handle_to_a_removed_session_does_nothing_to_a_new_one_of_its_name() {
        try (Trails trails = trails().build();
                Trails other = trails().build()) {
            Session old = trails.open(spec("work", FOLDER));
            other.find("work").orElseThrow().remove(RemovalPolicy.safe());
            Session fresh = other.open(spec("work", FOLDER));
            fresh.exec("touch", "work").orThrow();

            assertThatThrownBy(() -> old.remove(RemovalPolicy.safe().endingProcesses()))
                    .extracting("code")
                    .isEqualTo("session.removed");
            assertThatThrownBy(old::stop).extracting("code").isEqualTo("session.removed");
            assertThatThrownBy(old::terminal).extracting("code").isEqualTo("session.removed");

            assertThat(fresh.info().state()).isEqualTo(SessionState.READY);
            assertThat(folder.resolve("work/work")).exists();
        }
    }

    private TrailsBuilder trails() {
        return Trails.builder(project).provider(new FolderWorkspace());
    }

    private static SessionSpec spec(String name, Mode mode) {
        return SessionSpec.named(name).mode(mode).build();
    }
}
