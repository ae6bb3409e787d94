package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Command;
import io.trails.Playback;
import io.trails.Recording;
import io.trails.Recording.Format;
import io.trails.RecordingOptions;
import io.trails.Screen;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of a terminal about its recording, and about people who join. */
abstract class TerminalRecordingRules extends TerminalOutputRules {
    TerminalRecordingRules() {}

    private TerminalLife recorded(String name, RecordingOptions options, String script) throws IOException {
        assumeCapability(TerminalCapability.RECORDING);
        TerminalLife life = life(request(name)
                .size(90, 30)
                .recording(options)
                .command(Command.of("sh", "-c", script).environment(System.getenv()))
                .build());
        life.create();
        return life;
    }

    private static List<Object> lines(Recording recording, Format format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        recording.write(format, bytes);
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(CastLine::read)
                .toList();
    }

    private static String printed(Recording recording) {
        try {
            return all("o", lines(recording, Format.ASCIICAST_V3)).replace("\r", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<List<?>> events(List<Object> lines) {
        return lines.stream().skip(1).map(line -> (List<?>) line);
    }

    /** What all events of a kind say. */
    private static String all(String kind, List<Object> lines) {
        return events(lines)
                .filter(event -> event.get(1).equals(kind))
                .map(event -> (String) event.get(2))
                .collect(Collectors.joining());
    }

    @Test
    @Rule("T-25")
    final void a_recording_has_everything_from_the_first_byte_to_the_exit() throws IOException {
        TerminalLife life = recorded(
                "whole", RecordingOptions.output(), "printf 'first é \\377\\033[1mbold\\033[0m\\n'; read x; exit 7");
        life.see("first");
        life.terminal().type("hidden\n");
        life.awaitExit();
        Recording recording = life.terminal().recording();
        assertThat(recording.omittedBytes()).isZero();
        List<Object> newest = lines(recording, Format.ASCIICAST_V3);
        Map<?, ?> header = (Map<?, ?>) newest.get(0);
        assertThat(header.get("version")).isEqualTo(3.0);
        Map<?, ?> term = (Map<?, ?>) Objects.requireNonNull(header.get("term"), "term");
        assertThat(term.get("cols")).isEqualTo(90.0);
        assertThat(term.get("rows")).isEqualTo(30.0);
        assertThat(all("o", newest)).startsWith("first é \ufffd\u001b[1mbold");
        assertThat(all("x", newest)).isEqualTo("7");
        assertThat(all("i", newest)).as("input that nobody asked for").isEmpty();
        List<Object> older = lines(recording, Format.ASCIICAST_V2);
        Map<?, ?> olderHeader = (Map<?, ?>) older.get(0);
        assertThat(olderHeader.get("version")).isEqualTo(2.0);
        assertThat(olderHeader.get("width")).isEqualTo(90.0);
        assertThat(all("o", older)).isEqualTo(all("o", newest));
        assertThat(events(older).map(event -> (Double) event.get(0)).toList()).isSorted();
    }

    @Test
    @Rule("T-25")
    final void a_recording_has_changes_of_size_and_the_input_that_was_asked_for() throws IOException {
        assumeCapability(TerminalCapability.RESIZE);
        TerminalLife life = recorded("input", RecordingOptions.output().withInput(), ECHO);
        life.see("listening");
        life.terminal().type("what was typed\n");
        life.see("what was typed");
        life.terminal().resize(70, 20);
        List<Object> lines = lines(life.terminal().recording(), Format.ASCIICAST_V3);
        assertThat(all("i", lines)).contains("what was typed");
        assertThat(all("r", lines)).isEqualTo("70x20");
    }

    @Test
    @Rule("T-25")
    final void a_recording_goes_on_while_no_host_holds_the_terminal() throws IOException {
        assumeReopenable();
        TerminalLife life = recorded(
                "alone",
                RecordingOptions.output(),
                "echo before; " + WAIT_FOR_GO + "echo after; echo x > said; " + ECHO);
        life.see("before");
        life.terminal().detach();
        sandbox().sh("touch go; until [ -s said ]; do sleep 0.1; done");
        life.open();
        Patience.within(
                Patience.limit(), () -> printed(life.terminal().recording()).endsWith("listening\n"));
        assertThat(printed(life.terminal().recording())).isEqualTo("before\nafter\nlistening\n");
    }

    @Test
    @Rule("T-25")
    final void a_replay_shows_what_was_shown() throws IOException {
        TerminalLife life = recorded(
                "replay", RecordingOptions.output(), "printf 'one\\r\\033[3;4Hthree\\033[5;6H'; exec sleep 300");
        life.see("three");
        Terminal terminal = life.terminal();
        Screen shown = terminal.screen();
        // What is printed is seen a moment before it is recorded.
        Patience.within(
                Patience.limit(), () -> text(atEnd(terminal.recording())).equals(text(shown)));
        Recording recording = terminal.recording();
        Screen last = atEnd(recording);
        assertThat(text(last)).isEqualTo(text(shown));
        assertThat(last.columns()).isEqualTo(90);
        assertThat(last.rows()).isEqualTo(30);
        assertThat(last.cursor()).isEqualTo(shown.cursor());
        var played = new ByteArrayOutputStream();
        recording.replay(played, Playback.original().speed(Double.POSITIVE_INFINITY));
        assertThat(played.toString(StandardCharsets.UTF_8)).isEqualTo("one\r\u001b[3;4Hthree\u001b[5;6H");
    }

    private static Screen atEnd(Recording recording) {
        return recording.replay(Duration.ofDays(1));
    }

    private static String text(Screen screen) {
        return screen.text().stripTrailing();
    }

    @Test
    @Rule("T-26")
    final void what_a_person_joins_with_starts_with_a_program_of_this_host() throws IOException {
        assumeCapability(TerminalCapability.ATTACH);
        TerminalLife life = created("joined", ECHO);
        life.see("listening");
        List<String> command = life.terminal().attachCommand().orElseThrow();
        assertThat(command).isNotEmpty().allSatisfy(word -> assertThat(word).doesNotContain("\0"));
        assertThat(isProgram(command.get(0)))
                .as("'%s' is a program", command.get(0))
                .isTrue();
        life.open();
        assertThat(life.terminal().attachCommand()).contains(command);
    }

    private static boolean isProgram(String name) {
        if (name.contains("/")) return Files.isExecutable(Path.of(name));
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory.isEmpty() ? "." : directory).resolve(name))
                .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }
}
