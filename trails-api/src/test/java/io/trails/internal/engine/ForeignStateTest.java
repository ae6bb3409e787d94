package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Mode;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.RepairReport;
import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repository may bring a state.json of its own: neither its plans nor its commands are followed. */
class ForeignStateTest {
    @TempDir
    Path folder;

    private Path project;
    private Path ran;

    @BeforeEach
    void a_repository_that_brings_a_session_of_somewhere_else() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("unix"), "needs inodes");
        Path origin = Files.createDirectory(folder.resolve("origin"));
        ran = folder.resolve("ran");
        try (Trails trails = Trails.create(origin)) {
            trails.open(SessionSpec.named("work")
                    .mode(Mode.DIRECT)
                    .agent("helper", "touch", ran.toString())
                    .build());
        }
        project = Files.createDirectories(folder.resolve("clone"));
        Files.createDirectory(project.resolve(".trails"));
        Files.copy(origin.resolve(".trails/state.json"), project.resolve(".trails/state.json"));
    }

    @Test
    void its_session_is_shown_as_lost_with_the_reason_and_runs_nothing() {
        try (Trails trails = Trails.create(project)) {
            assertThat(trails.sessions()).extracting(SessionInfo::state).containsExactly(SessionState.LOST);
            Session session = trails.find("work").orElseThrow();

            assertThat(session.info().problem()).map(Reason::code).contains("state.foreign");
            assertThatThrownBy(session::agent).extracting("code").isEqualTo("session.lost");
            assertThatThrownBy(() -> session.exec("true")).extracting("code").isEqualTo("session.lost");
            assertThat(ran).doesNotExist();
        }
    }

    @Test
    void its_removal_forgets_it_and_deletes_nothing() throws IOException {
        try (Trails trails = Trails.create(project)) {
            RemovalReport report = trails.find("work")
                    .orElseThrow()
                    .remove(RemovalPolicy.safe().endingProcesses());

            assertThat(report.complete()).isTrue();
            assertThat(trails.sessions()).isEmpty();
            assertThat(manifests(folder.resolve("origin"))).hasSize(1);
        }
    }

    @Test
    void its_half_removed_session_is_not_gone_on_with() throws IOException {
        Path state = project.resolve(".trails/state.json");
        Files.writeString(state, Files.readString(state).replace("READY", "REMOVING"));
        try (Trails trails = Trails.create(project)) {
            assertThat(trails.repair().items())
                    .extracting(RepairReport.Item::action)
                    .containsExactly(RepairReport.Action.KEPT);
        }
        assertThat(manifests(folder.resolve("origin"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"READY", "CREATING", "REMOVING"})
    void its_session_without_plans_gets_no_directory_that_came_with_it(String stored) throws IOException {
        String part = "{\"provider\":\"%s\",\"plan\":{},\"created\":false}";
        Files.writeString(
                project.resolve(".trails/state.json"),
                "{\"version\":1,\"sessions\":{\"login\":{\"id\":\"login\",\"state\":\"" + stored
                        + "\",\"life\":\"x1\",\"mode\":\"direct\","
                        + "\"createdAt\":\"2026-01-02T03:04:05.678Z\",\"isolation\":[],\"parts\":{\"WORKSPACE\":"
                        + part.formatted("in-place") + ",\"SANDBOX\":" + part.formatted("host") + ",\"TERMINAL\":"
                        + part.formatted("headless") + "},\"terminals\":{},\"environmentNames\":[],\"limits\":{},"
                        + "\"network\":{\"policy\":\"open\"}}}}");
        Path shipped = Files.createDirectories(project.resolve(".trails/sessions/login.x1"));
        Files.writeString(shipped.resolve("precious.txt"), "precious");
        try (Trails trails = Trails.create(project)) {
            assertThat(trails.sessions()).extracting(SessionInfo::state).containsExactly(SessionState.LOST);
            assertThat(trails.repair().items()).allMatch(item -> item.action() == RepairReport.Action.KEPT);
        }
        assertThat(shipped.resolve("precious.txt")).hasContent("precious");
    }

    private static List<Path> manifests(Path project) throws IOException {
        try (Stream<Path> all = Files.walk(project.resolve(".trails/sessions"))) {
            return all.filter(path -> path.endsWith("manifest")).toList();
        }
    }
}
