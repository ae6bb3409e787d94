package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Mode;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of a host that had more providers than the one which takes them up. */
class MissingProviderTest {
    private static final Mode FOLDER =
            Mode.named("folder").workspaces("test.folder").terminals("headless").build();
    private static final Mode PANES =
            Mode.named("panes").terminals("test.panes").build();

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
    }

    @Test
    void a_workspace_nobody_can_remove_keeps_the_session_and_the_rest_goes() {
        open(FOLDER);
        try (Trails trails = Trails.create(project)) {
            RemovalReport report = trails.find("work").orElseThrow().remove(RemovalPolicy.safe());

            assertThat(report.kept()).singleElement().satisfies(item -> {
                assertThat(item.what())
                        .contains("test.folder", folder.resolve("work").toString());
                assertThat(item.reason().code()).isEqualTo("provider.missing");
            });
            assertThat(trails.sessions()).extracting(SessionInfo::state).containsExactly(SessionState.LOST);
            assertThat(trails.find("work")).isPresent();
        }
        try (Trails trails = withAll()) {
            Session session = trails.find("work").orElseThrow();
            assertThat(session.exec("true").ok()).isTrue();
            assertThat(session.info().state()).isEqualTo(SessionState.READY);
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
        }
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @Test
    void a_workspace_nobody_can_remove_is_forgotten_and_left_where_it_is_if_the_host_says_so() throws IOException {
        open(FOLDER);
        Files.writeString(folder.resolve("work/work"), "of value");
        try (Trails trails = Trails.create(project)) {
            RemovalReport report = trails.find("work")
                    .orElseThrow()
                    .remove(RemovalPolicy.safe().forgetting());

            assertThat(report.complete()).isTrue();
            assertThat(report.forgotten()).extracting(RemovalReport.Item::what).anyMatch(what -> what.contains("work"));
            assertThat(trails.find("work")).isEmpty();
            assertThat(trails.audit().newest(5)).anySatisfy(record -> {
                assertThat(record.type()).isEqualTo("session.forgotten");
                assertThat(record.details().toString()).contains("test.folder");
            });
            assertThat(trails.open(SessionSpec.named("work").mode(Mode.DIRECT).build())
                            .exec("true")
                            .ok())
                    .isTrue();
        }
        assertThat(folder.resolve("work/work")).hasContent("of value");
    }

    @Test
    void the_files_beneath_a_sandbox_nobody_sees_stay() throws IOException {
        try (Trails trails = withAll()) {
            trails.open(SessionSpec.named("work").mode(FOLDER).build());
        }
        Path state = project.resolve(".trails/state.json");
        Files.writeString(state, Files.readString(state).replace("\"host\"", "\"test.gone\""));
        try (Trails trails = withAll()) {
            Session session = trails.find("work").orElseThrow();

            RemovalReport report = session.remove(RemovalPolicy.safe());

            assertThat(report.kept())
                    .singleElement()
                    .satisfies(item -> assertThat(item.what()).contains("test.gone"));
            assertThat(folder.resolve("work")).isDirectory();
            assertThat(session.remove(RemovalPolicy.safe().forgetting()).complete())
                    .isTrue();
            assertThat(folder.resolve("work")).doesNotExist();
        }
    }

    @Test
    void without_its_terminal_provider_a_session_still_works_and_can_be_removed() {
        open(PANES);
        try (Trails trails = Trails.create(project)) {
            Session session = trails.find("work").orElseThrow();

            assertThat(session.info().state()).isEqualTo(SessionState.READY);
            assertThat(session.exec("true").ok()).isTrue();
            assertThat(session.changes().files()).isEmpty();
            assertThatThrownBy(session::terminal).extracting("code").isEqualTo("provider.missing");
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
        }
    }

    @Test
    void a_terminal_nobody_can_remove_is_kept_or_forgotten() {
        try (Trails trails = withAll()) {
            Panes.shell(trails.open(SessionSpec.named("work").mode(PANES).build()));
        }
        try (Trails trails = Trails.create(project)) {
            Session session = trails.find("work").orElseThrow();
            RemovalPolicy ending = RemovalPolicy.safe().endingProcesses();

            assertThat(session.remove(ending).kept())
                    .extracting(item -> item.reason().code())
                    .containsExactly("provider.missing");
            assertThat(trails.find("work")
                            .orElseThrow()
                            .remove(ending.forgetting())
                            .complete())
                    .isTrue();
            assertThat(trails.find("work")).isEmpty();
        }
    }

    @Test
    void a_session_whose_record_cannot_be_read_is_kept_as_it_is_or_forgotten() throws IOException {
        open(FOLDER);
        Path state = project.resolve(".trails/state.json");
        String damaged = Files.readString(state).replace("\"READY\"", "\"NONSENSE\"");
        Files.writeString(state, damaged);
        try (Trails trails = withAll()) {
            Session session = trails.find("work").orElseThrow();

            assertThat(session.info().problem()).map(Reason::code).contains("session.unreadable");
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isFalse();
            assertThat(state).hasContent(damaged);
            assertThat(session.remove(RemovalPolicy.safe().forgetting()).complete())
                    .isTrue();
            assertThat(trails.sessions()).isEmpty();
        }
        assertThat(folder.resolve("work")).isDirectory();
    }

    private void open(Mode mode) {
        try (Trails trails = withAll()) {
            trails.open(SessionSpec.named("work").mode(mode).build());
        }
    }

    private Trails withAll() {
        return Trails.builder(project)
                .provider(new FolderWorkspace())
                .provider(new Panes())
                .build();
    }
}
