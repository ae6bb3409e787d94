package io.trails.internal.engine;

import static io.trails.internal.terminal.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Mode;
import io.trails.Recording;
import io.trails.RecordingOptions;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.Settings;
import io.trails.Terminal;
import io.trails.Trails;
import io.trails.TrailsEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of recordings when their terminals are removed, whoever holds those. */
@EnabledOnOs(OS.LINUX)
class SavedRecordingsTest {
    private static final Mode PANES =
            Mode.named("panes").workspaces("in-place").terminals("test.panes").build();
    private static final RemovalPolicy ENDING = RemovalPolicy.safe().endingProcesses();
    private static final String SECRET = "hunter2-hunter2";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final RecordingPanes panes = new RecordingPanes();
    private Path project;
    private Path recordings;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        recordings = project.resolve(".trails/recordings");
    }

    private Trails trails(Map<String, String> environment) {
        return Trails.builder(project)
                .settings(Settings.empty())
                .environment(environment)
                .provider(panes)
                .build();
    }

    private Trails trails() {
        return trails(Map.of("PATH", "/usr/bin:/bin"));
    }

    private static Session open(Trails trails) {
        return trails.open(SessionSpec.named("work")
                .mode(PANES)
                .recording(RecordingOptions.output())
                .environment(Map.of("LOGIN", SECRET, "EMPTY", ""))
                .build());
    }

    private List<Path> saved() throws IOException {
        try (Stream<Path> files = Files.list(recordings)) {
            return files.toList();
        }
    }

    @Test
    void a_removed_terminal_leaves_its_recording_without_secrets_and_for_its_user_alone() throws IOException {
        List<TrailsEvent> events = new CopyOnWriteArrayList<>();
        try (Trails trails = trails()) {
            trails.onEvent(events::add);
            Session session = open(trails);
            Panes.shell(session);
            panes.shown = "password " + SECRET + "!";

            assertThat(session.remove(ENDING).complete()).isTrue();

            Path file = saved().get(0);
            assertThat(saved()).hasSize(1);
            assertThat(file.getFileName().toString()).matches("work-shell-[0-9a-f]+\\.cast");
            assertThat(file).hasContent("ASCIICAST_V3 password ***!");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(recordings)))
                    .isEqualTo("rwx------");
            assertThat(trails.audit().newest(5)).anySatisfy(record -> {
                assertThat(record.type()).isEqualTo("recording.saved");
                assertThat(record.details()).containsEntry("file", file.toString());
            });
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(events)
                            .filteredOn(event -> event.type() == TrailsEvent.Type.RECORDING_SAVED)
                            .singleElement()
                            .satisfies(event ->
                                    assertThat(event.reason().message()).contains("shell", file.toString())));
        }
    }

    @Test
    void a_recording_that_is_asked_for_has_no_secret_of_the_session_or_of_a_host_that_says_so() throws IOException {
        try (Trails trails =
                trails(Map.of("PATH", "/usr/bin:/bin", "DB_PASSWORD", "database-1", "EDITOR", "emacs-29"))) {
            Session session = open(trails);
            panes.shown = SECRET + " database-1 emacs-29";
            var written = new ByteArrayOutputStream();
            Panes.shell(session).recording().write(Recording.Format.ASCIICAST_V2, written);
            assertThat(written).hasToString("ASCIICAST_V2 *** *** emacs-29");
            session.remove(ENDING);
        }
    }

    @Test
    void a_terminal_that_is_launched_anew_leaves_the_recording_of_the_launch_before() throws IOException {
        try (Trails trails = trails()) {
            Session session = open(trails);
            end(session.terminal());
            panes.shown = "the first";
            Panes.shell(session);
            assertThat(saved())
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasContent("ASCIICAST_V3 the first"));
            panes.shown = "the second";
            session.remove(ENDING);
        }
        assertThat(saved()).hasSize(2);
    }

    private static void end(Terminal terminal) {
        terminal.type("exit 3\n");
        assertCode(() -> terminal.await(screen -> false, SOON), "terminal.ended");
    }

    @Test
    void a_terminal_whose_recording_cannot_be_saved_is_kept_until_it_can_be() throws IOException {
        try (Trails trails = trails()) {
            Session session = open(trails);
            Panes.shell(session);
            panes.shown = "of value";
            Files.createFile(recordings);

            RemovalReport report = session.remove(ENDING);

            assertThat(report.kept()).singleElement().satisfies(item -> {
                assertThat(item.what()).isEqualTo("terminal 'shell'");
                assertThat(item.reason().code()).isEqualTo("recording.unsaved");
                assertThat(item.reason().message()).contains(recordings.toString());
            });
            assertThat(trails.sessions()).extracting(SessionInfo::state).containsExactly(SessionState.READY);
            assertThat(recordings).isRegularFile();
            Files.delete(recordings);
            assertThat(session.remove(ENDING).complete()).isTrue();
            assertThat(saved())
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasContent("ASCIICAST_V3 of value"));
        }
    }

    @Test
    void a_terminal_is_not_launched_anew_over_a_recording_that_cannot_be_saved() throws IOException {
        try (Trails trails = trails()) {
            Session session = open(trails);
            end(session.terminal());
            panes.unreadable = true;
            assertCode(session::terminal, "recording.unsaved");
            assertCode(session::terminal, "recording.unsaved");
            panes.unreadable = false;
            assertThat(Panes.shell(session).run("echo again", SOON).stdout().text())
                    .isEqualTo("again\n");
            assertThat(saved()).hasSize(1);
            session.remove(ENDING);
        }
    }

    @Test
    void a_host_can_give_up_a_recording() {
        try (Trails trails = trails()) {
            Session session = open(trails);
            Panes.shell(session);
            panes.unreadable = true;

            assertThat(session.remove(ENDING).complete()).isFalse();
            RemovalReport report = session.remove(ENDING.forgetting());

            assertThat(report.complete()).isTrue();
            assertThat(report.forgotten()).singleElement().satisfies(item -> {
                assertThat(item.what()).contains("recording", "shell");
                assertThat(item.reason().code()).isEqualTo("recording.unsaved");
            });
            assertThat(trails.find("work")).isEmpty();
        }
        assertThat(recordings).doesNotExist();
    }

    @Test
    void no_recording_goes_through_a_link() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (Trails trails = trails()) {
            Session session = open(trails);
            Panes.shell(session);
            Files.createSymbolicLink(recordings, elsewhere);
            assertThat(session.remove(ENDING).kept())
                    .extracting(item -> item.reason().code())
                    .containsExactly("recording.unsaved");
            assertThat(elsewhere).isEmptyDirectory();
            Files.delete(recordings);
            session.remove(ENDING);
        }
    }

    @Test
    void what_a_failure_half_way_leaves_does_not_replace_what_was_saved() throws IOException {
        try (Trails trails = trails()) {
            Session session = open(trails);
            Panes.shell(session);
            panes.shown = "all of it";
            panes.failing = true;
            assertThatThrownBy(() -> session.remove(ENDING)).isInstanceOf(IllegalStateException.class);
            panes.shown = "half of it";
            panes.failing = false;
        }
        try (Trails trails = trails()) {
            trails.find("work").orElseThrow().remove(ENDING);
        }
        assertThat(saved()).singleElement().satisfies(file -> assertThat(file).hasContent("ASCIICAST_V3 all of it"));
    }

    @Test
    void a_terminal_that_was_kept_is_saved_again_with_what_came_after_that() throws IOException {
        try (Trails trails = trails()) {
            Session session = open(trails);
            Panes.shell(session);
            panes.shown = "so far";
            panes.keeping = true;
            assertThat(session.remove(ENDING).complete()).isFalse();
            Path draft = saved().get(0).resolveSibling(saved().get(0).getFileName() + ".1a2b.tmp");
            Files.writeString(draft, "what a crash left");
            panes.shown = "and further";
            panes.keeping = false;
            assertThat(session.remove(ENDING).complete()).isTrue();
        }
        assertThat(saved()).singleElement().satisfies(file -> assertThat(file).hasContent("ASCIICAST_V3 and further"));
    }

    @Test
    void of_a_terminal_of_which_nothing_is_left_nothing_is_saved() {
        try (Trails trails = trails()) {
            Session session = open(trails);
            Panes.shell(session);
            panes.lost = true;
            assertThat(session.remove(ENDING).complete()).isTrue();
        }
        assertThat(recordings).doesNotExist();
    }

    @Test
    void a_session_that_is_not_recorded_leaves_no_recording() {
        try (Trails trails = trails()) {
            Session session = trails.open(SessionSpec.named("work").mode(PANES).build());
            Panes.shell(session);
            assertThat(session.remove(ENDING).complete()).isTrue();
        }
        assertThat(recordings).doesNotExist();
    }
}
