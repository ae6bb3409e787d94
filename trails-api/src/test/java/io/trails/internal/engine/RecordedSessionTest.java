package io.trails.internal.engine;

import static io.trails.internal.terminal.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Mode;
import io.trails.OutputReader;
import io.trails.RecordingOptions;
import io.trails.RemovalPolicy;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.Terminal;
import io.trails.Trails;
import io.trails.spi.TerminalRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the engine tells a terminal provider of recordings and what it hands on of its streams. */
@EnabledOnOs(OS.LINUX)
class RecordedSessionTest {
    private static final Mode PANES =
            Mode.named("panes").workspaces("in-place").terminals("test.panes").build();
    private static final RecordingOptions WANTED =
            RecordingOptions.output().withInput().maxBytes(2L << 20);
    private static final RemovalPolicy ENDING = RemovalPolicy.safe().endingProcesses();

    @TempDir
    Path folder;

    private final TapedPanes panes = new TapedPanes();
    private Path project;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
    }

    private Trails trails(Settings settings) {
        return Trails.builder(project).settings(settings).provider(panes).build();
    }

    private Trails trails() {
        return trails(Settings.empty());
    }

    private static SessionSpec.Builder spec() {
        return SessionSpec.named("work").mode(PANES);
    }

    private Optional<RecordingOptions> asked() {
        assertThat(panes.requests).isNotEmpty();
        return panes.requests.get(panes.requests.size() - 1).recording();
    }

    @Test
    void a_terminal_is_recorded_as_its_session_was_opened_also_by_another_host() {
        try (Trails trails = trails()) {
            trails.open(spec().recording(WANTED).build());
        }
        try (Trails trails =
                trails(Settings.builder().recording(RecordingOptions.output()).build())) {
            Panes.shell(trails.find("work").orElseThrow());
            assertThat(asked()).contains(WANTED);
            trails.find("work").orElseThrow().remove(ENDING);
        }
    }

    @Test
    void settings_speak_for_a_session_that_says_nothing() {
        try (Trails trails = trails(Settings.builder().recording(WANTED).build())) {
            Panes.shell(trails.open(spec().build()));
            assertThat(asked()).contains(WANTED);
            trails.find("work").orElseThrow().remove(ENDING);
        }
        try (Trails trails = trails()) {
            Panes.shell(trails.open(spec().build()));
            assertThat(asked()).isEmpty();
            trails.find("work").orElseThrow().remove(ENDING);
        }
    }

    @Test
    void a_terminal_is_told_where_the_state_is() throws IOException {
        try (Trails trails = trails()) {
            Panes.shell(trails.open(spec().build()));
            Path state = project.resolve(".trails").toRealPath();
            assertThat(panes.requests)
                    .extracting(TerminalRequest::stateDirectory)
                    .containsOnly(Optional.of(state));
            trails.find("work").orElseThrow().remove(ENDING);
        }
    }

    @Test
    void a_stream_is_of_no_use_once_the_instance_is_closed() {
        OutputReader reader;
        try (Trails trails = trails()) {
            reader = Panes.shell(trails.open(spec().build())).output(0);
            assertThat(reader.read(10, Duration.ZERO)).hasSize(10);
        }
        assertThatThrownBy(() -> reader.read(1, Duration.ZERO)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(reader::ended).isInstanceOf(IllegalStateException.class);
        assertThat(reader.position()).isEqualTo(10);
        reader.close();
        try (Trails trails = trails()) {
            trails.find("work").orElseThrow().remove(ENDING);
        }
    }

    @Test
    void what_shows_the_output_says_when_its_session_was_removed() {
        try (Trails trails = trails()) {
            Terminal terminal = Panes.shell(trails.open(spec().build()));
            OutputReader reader = terminal.output(0);
            assertThat(terminal.history(5)).containsExactly("a line");
            trails.find("work").orElseThrow().remove(ENDING);

            assertCode(() -> reader.read(1, Duration.ZERO), "session.removed");
            assertCode(terminal::styledScreen, "session.removed");
            assertCode(() -> terminal.history(1), "session.removed");
            assertCode(() -> terminal.output(OutputReader.END), "session.removed");
            assertCode(terminal::recording, "session.removed");
        }
    }

    @Test
    void what_a_terminal_cannot_do_says_so() {
        try (Trails trails = trails()) {
            Terminal terminal = Panes.shell(trails.open(spec().build()));
            assertCode(terminal::styledScreen, "terminal.unsupported");
            assertCode(terminal::recording, "terminal.unsupported");
            assertThatThrownBy(() -> terminal.history(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> terminal.output(-2)).isInstanceOf(IllegalArgumentException.class);
            trails.find("work").orElseThrow().remove(ENDING);
        }
    }
}
