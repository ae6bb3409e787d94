package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Mode;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session acts on the project it was opened in and on no copy of it, nor from one. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class MovedProjectTest {
    @TempDir
    Path folder;

    private Path origin;

    @BeforeEach
    void a_project_with_a_session() throws IOException {
        origin = Files.createDirectory(folder.resolve("origin"));
        try (Trails trails = Trails.create(origin)) {
            trails.open(SessionSpec.named("work").mode(Mode.DIRECT).build()).terminal();
        }
    }

    @Test
    void a_moved_project_shows_its_session_as_lost_and_has_it_again_when_it_is_moved_back() throws IOException {
        String before = origin.toRealPath().toString();
        Path moved = Files.move(origin, folder.resolve("moved"));
        try (Trails trails = Trails.create(moved)) {
            assertLost(trails, "state.moved", before);
        }
        Files.move(moved, origin);
        try (Trails trails = Trails.create(origin)) {
            Session session = trails.find("work").orElseThrow();
            assertThat(session.info().state()).isEqualTo(SessionState.READY);
            assertThat(session.exec("true").ok()).isTrue();
            end(session);
        }
    }

    private static void assertLost(Trails trails, String code, String mentioned) {
        Session session = trails.find("work").orElseThrow();
        assertThat(session.info().state()).isEqualTo(SessionState.LOST);
        assertThat(session.info().problem()).map(Reason::code).contains(code);
        assertThat(session.info().problem())
                .map(Reason::message)
                .get()
                .asString()
                .contains(mentioned);
        assertThatThrownBy(() -> session.exec("true")).extracting("code").isEqualTo("session.lost");
        assertThatThrownBy(session::stop).extracting("code").isEqualTo("session.lost");
    }

    private static void end(Session session) {
        assertThat(session.remove(RemovalPolicy.safe().endingProcesses()).complete())
                .isTrue();
    }

    @Test
    void a_copy_acts_in_no_way_on_the_original() throws IOException {
        Path copy = copy();
        try (Trails trails = Trails.create(copy)) {
            assertLost(trails, "state.foreign", "copied");
        }
        assertOriginalIsWhole();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nor_does_it_when_somebody_tells_it_that_it_is_at_home(boolean older) throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("unix"), "needs inodes");
        Path copy = copy();
        Path state = copy.resolve(".trails/state.json");
        Object inode = Files.getAttribute(copy.resolve(".trails"), "unix:ino");
        String edited = Files.readString(state).replaceAll("\"home\":\"[^\"]*\"", "\"home\":\"" + inode + "\"");
        String life = directories(copy).get(0).getFileName().toString().replace("work.", "");
        Files.writeString(
                state,
                older ? edited.replace(",\"life\":\"" + life + "\"", "").replace("work." + life, "work") : edited);
        try (Trails trails = Trails.create(copy)) {
            assertLost(trails, "state.foreign", "copied");
        }
        assertOriginalIsWhole();
    }

    @Test
    void the_removal_from_a_copy_only_forgets_and_says_what_is_kept() throws IOException {
        Path copy = copy();
        try (Trails trails = Trails.create(copy)) {
            RemovalReport report = trails.find("work")
                    .orElseThrow()
                    .remove(RemovalPolicy.safe().endingProcesses());

            Path kept = directories(copy).get(0);
            assertThat(report.complete()).isTrue();
            assertThat(report.removed())
                    .extracting(item -> item.reason().message())
                    .singleElement()
                    .asString()
                    .contains("kept", kept.toString());
            assertThat(trails.sessions()).isEmpty();
            assertThat(trails.open(SessionSpec.named("work").mode(Mode.DIRECT).build())
                            .exec("touch", "here")
                            .ok())
                    .isTrue();
            assertThat(copy.resolve("here")).exists();
        }
        assertOriginalIsWhole();
    }

    private Path copy() throws IOException {
        Path copy = folder.resolve("copy");
        try (Stream<Path> all = Files.walk(origin)) {
            for (Path path : all.toList()) {
                // Pipes and the links that tell who holds a program are no use in a copy.
                if (Files.isDirectory(path) || Files.isRegularFile(path))
                    Files.copy(path, copy.resolve(origin.relativize(path).toString()));
            }
        }
        return copy;
    }

    private void assertOriginalIsWhole() throws IOException {
        try (Trails trails = Trails.create(origin)) {
            Session session = trails.find("work").orElseThrow();
            assertThat(session.info().state()).isEqualTo(SessionState.READY);
            assertThat(session.changes().isEmpty()).isTrue();
            assertThat(session.usage().processes()).isPositive();
            end(session);
        }
        assertThat(directories(origin)).isEmpty();
    }

    private static List<Path> directories(Path project) throws IOException {
        try (Stream<Path> sessions = Files.list(project.resolve(".trails/sessions"))) {
            return sessions.toList();
        }
    }
}
