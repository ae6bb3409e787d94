package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository may ship links in place of directories of the state: they lead to nothing that is written or deleted. */
class LinkedStateTest {
    @TempDir
    Path folder;

    private Path project;
    private Path state;
    private Path elsewhere;

    @BeforeEach
    void a_directory_of_the_users() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        state = Files.createDirectory(project.resolve(".trails"));
        elsewhere = folder.resolve("elsewhere");
        Path deep = Files.createDirectories(elsewhere.resolve("login/deep"));
        Files.writeString(deep.resolve("precious.txt"), "precious");
    }

    @Test
    void no_session_is_opened_through_a_link_and_the_failure_deletes_nothing() throws IOException {
        Files.createSymbolicLink(state.resolve("sessions"), elsewhere);
        try (Trails trails = Trails.create(project)) {
            assertThatThrownBy(() -> trails.open(login())).extracting("code").isEqualTo("state.symlink");
            assertThat(trails.sessions()).isEmpty();
        }
        assertUntouched();
    }

    @Test
    void links_where_the_names_of_sessions_lead_are_in_nobodys_way() throws IOException {
        Files.createSymbolicLink(
                Files.createDirectory(state.resolve("sessions")).resolve("login"), elsewhere);
        try (Trails trails = Trails.create(project)) {
            Session session = trails.open(login());
            assertThat(session.changes().isEmpty()).isTrue();
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
        }
        assertUntouched();
    }

    @Test
    void nothing_is_used_or_removed_through_a_link_that_came_later() throws IOException {
        try (Trails trails = Trails.create(project)) {
            trails.open(login()).terminal();
        }
        Path sessions = state.resolve("sessions");
        Path ours = Files.move(sessions, folder.resolve("ours"));
        try (Stream<Path> directories = Files.list(ours)) {
            Path own = directories.findFirst().orElseThrow();
            Files.createDirectories(elsewhere.resolve(own.getFileName()).resolve("workspace"));
        }
        Files.createSymbolicLink(sessions, elsewhere);
        try (Trails trails = Trails.create(project)) {
            assertThatThrownBy(() -> trails.find("login")).extracting("code").isEqualTo("state.symlink");
        }
        assertUntouched();

        Files.delete(sessions);
        Files.move(ours, sessions);
        try (Trails trails = Trails.create(project)) {
            Session session = trails.find("login").orElseThrow();
            assertThat(session.remove(RemovalPolicy.safe().endingProcesses()).complete())
                    .isTrue();
        }
    }

    @Test
    void a_removal_stops_at_a_link_and_can_be_repeated_without_it() throws IOException {
        try (Trails trails = Trails.create(project)) {
            Session session = trails.open(login());
            Path workspace;
            // Not a walk: files of the sandbox beside it may just come and go.
            try (Stream<Path> all = Files.list(state.resolve("sessions"))) {
                workspace = all.findFirst().orElseThrow().resolve("workspace");
            }
            Path kept = Files.move(workspace, folder.resolve("kept"));
            Files.createSymbolicLink(workspace, kept);

            assertThatThrownBy(() -> session.remove(RemovalPolicy.safe()))
                    .extracting("code")
                    .isEqualTo("state.symlink");
            assertThat(kept.resolve("manifest")).exists();

            Files.delete(workspace);
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
            assertThat(state.resolve("sessions")).isEmptyDirectory();
        }
        assertUntouched();
    }

    private void assertUntouched() {
        assertThat(elsewhere.resolve("login/deep/precious.txt")).hasContent("precious");
    }

    private static SessionSpec login() {
        return SessionSpec.named("login").mode(Mode.DIRECT).build();
    }
}
