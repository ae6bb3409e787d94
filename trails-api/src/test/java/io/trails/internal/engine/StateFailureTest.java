package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.TrailsBuilder;
import io.trails.TrailsEvent;
import io.trails.spi.Plan;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sessions are like when their state is damaged, gone, older or newer. */
class StateFailureTest {
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
    void a_damaged_state_is_kept_reported_and_does_not_stop_new_sessions() throws IOException {
        Files.createDirectories(project.resolve(".trails"));
        Files.writeString(project.resolve(".trails/state.json"), "{\"version\":1,\"sessions\":{\"a\":");
        List<TrailsEvent.Type> events = new CopyOnWriteArrayList<>();
        try (Trails trails = trails().build()) {
            trails.onEvent(event -> events.add(event.type()));
            assertThat(trails.open(spec("work", FOLDER)).exec("true").ok()).isTrue();
            Awaitility.await().until(() -> events.contains(TrailsEvent.Type.STATE_DAMAGED));
        }
        try (var files = Files.list(project.resolve(".trails"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("state.corrupt"));
        }
    }

    @Test
    void a_state_that_is_deleted_while_in_use_is_said_to_be_gone() throws IOException {
        try (Trails trails = trails().build()) {
            Session session = trails.open(spec("work", FOLDER));
            // In one step, while the new session's files may still be measured in the background.
            Files.move(project.resolve(".trails"), folder.resolve("gone"));

            for (ThrowingCallable use : List.<ThrowingCallable>of(
                    session::info,
                    () -> session.exec("true"),
                    () -> session.remove(RemovalPolicy.safe()),
                    () -> trails.open(spec("other", FOLDER)))) {
                assertThatThrownBy(use)
                        .hasMessageContaining("is gone")
                        .extracting("code")
                        .isEqualTo("state.missing");
            }
        }
    }

    @Test
    void a_session_whose_state_was_set_aside_names_the_file() throws IOException {
        try (Trails trails = trails().build()) {
            Session session = trails.open(spec("work", FOLDER));
            Files.writeString(project.resolve(".trails/state.json"), "{");

            assertThatThrownBy(session::info).hasMessageContaining("state.corrupt");
        }
    }

    @Test
    void sessions_of_the_first_trails_are_taken_up() throws IOException {
        Files.createDirectories(project.resolve(".trails"));
        Files.writeString(
                project.resolve(".trails/state.json"),
                "{\"sessions\":{\"old\":{\"agent\":\"claude\",\"created_at\":\"2024-05-01T10:00:00Z\",\"mood\":\"fine\"}}}");
        try (Trails trails = trails().build()) {
            assertThat(trails.sessions()).singleElement().satisfies(info -> {
                assertThat(info.name()).isEqualTo("old");
                assertThat(info.mode()).isEqualTo("direct");
                assertThat(info.agent()).contains("claude");
            });
            Session session = trails.find("old").orElseThrow();
            assertThat(session.exec("pwd").stdout().text().strip())
                    .isEqualTo(project.toRealPath().toString());
            assertThat(session.changes().isEmpty()).isTrue();
            assertThat(Files.readString(project.resolve(".trails/state.json"))).contains("\"mood\"");
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
        }
    }

    @Test
    void of_two_hosts_that_plan_a_session_of_the_first_trails_both_keep_to_the_plan_that_was_stored()
            throws IOException {
        Files.createDirectories(project.resolve(".trails"));
        Files.writeString(
                project.resolve(".trails/state.json"),
                "{\"sessions\":{\"old\":{\"created_at\":\"2024-05-01T10:00:00Z\"}}}");
        try (Trails first = planning(() -> {});
                Trails second = planning(() -> assertThat(first.find("old")).isPresent())) {
            String late = second.find("old").orElseThrow().exec("pwd").stdout().text();
            assertThat(late)
                    .isEqualTo(
                            first.find("old").orElseThrow().exec("pwd").stdout().text());
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().contains("drawn-"))).hasSize(1);
        }
    }

    /** A host whose workspaces bear names drawn at random, and in which something happens while it plans one. */
    private Trails planning(Runnable meanwhile) {
        var drawing = new FolderWorkspace("in-place") {
            @Override
            public Plan plan(WorkspaceRequest request) {
                meanwhile.run();
                Path drawn = request.project().resolveSibling("drawn-" + UUID.randomUUID());
                return Plan.empty().with("folder", drawn.toString());
            }
        };
        return Trails.builder(project).provider(drawing).build();
    }

    @Test
    void a_state_of_a_newer_trails_can_be_looked_at_and_not_changed() throws IOException {
        try (Trails trails = trails().build()) {
            trails.open(spec("work", FOLDER));
        }
        Path state = project.resolve(".trails/state.json");
        String newer = Files.readString(state).replaceFirst("\"version\":\\s*1", "\"version\":999");
        Files.writeString(state, newer.replace("READY", "REMOVING"));
        try (Trails trails = trails().build()) {
            assertThat(trails.sessions()).extracting(SessionInfo::name).containsExactly("work");
            assertThatThrownBy(() -> trails.open(spec("other", FOLDER)))
                    .extracting("code")
                    .isEqualTo("state.newer-version");
        }
        assertThat(folder.resolve("work")).exists();
    }

    private TrailsBuilder trails() {
        return Trails.builder(project).provider(new FolderWorkspace());
    }

    private static SessionSpec spec(String name, Mode mode) {
        return SessionSpec.named(name).mode(mode).build();
    }
}
