package io.trails.tmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Playback;
import io.trails.Recording;
import io.trails.Recording.Format;
import io.trails.Screen;
import io.trails.TrailsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciicastTest {
    private static final String V3 = """
            {"version": 3, "term": {"cols": 20, "rows": 3, "type": "xterm", "theme": {"fg": "#fff"}}, "timestamp": 1504467315, \
            "title": "Demo", "idle_time_limit": 2.5, "tags": ["a"], "env": {"SHELL": "/bin/zsh"}}
            # a comment
            [0.5, "o", "\\u001b[1mhello"]
            [1, "z", {"unknown": true}]

            [0.25, "r", "10x2"]
            [0.25, "r", "nonsense"]
            [1.0, "o", "\\r\\nworld"]
            [0.5, "x", "3"]
            """;

    @TempDir
    Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("a.cast"), text);
    }

    private static String written(Recording recording, Format format) throws IOException {
        var out = new ByteArrayOutputStream();
        recording.write(format, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void reads_what_another_recorder_wrote() throws IOException {
        Recording recording = Asciicast.read(file(V3));
        assertThat(recording.length()).isEqualTo(Duration.ofMillis(3500));
        assertThat(recording.omittedBytes()).isZero();
        assertThat(written(recording, Format.ASCIICAST_V2)).isEqualTo("""
                        {"version":2,"width":20,"height":3,"timestamp":1504467315,"idle_time_limit":2.5,"title":"Demo",\
                        "env":{"SHELL":"/bin/zsh","TERM":"xterm"}}
                        [0.500000,"o","\\u001B[1mhello"]
                        [1.750000,"r","10x2"]
                        [3.000000,"o","\\r\\nworld"]
                        """);
    }

    @Test
    void shows_the_screen_at_a_moment() throws IOException {
        Recording recording = Asciicast.read(file(V3));
        assertThat(recording.replay(Duration.ZERO).text().strip()).isEmpty();
        Screen early = recording.replay(Duration.ofMillis(500));
        assertThat(early.lines()).containsExactly("hello", "", "");
        assertThat(early.columns()).isEqualTo(20);
        Screen late = recording.replay(Duration.ofDays(1));
        assertThat(late.lines()).containsExactly("hello", "world");
        assertThat(late.cursor()).contains(new Screen.Cursor(1, 5));
    }

    @Test
    void what_is_written_reads_the_same() throws IOException {
        String v3 = written(Asciicast.read(file(V3)), Format.ASCIICAST_V3);
        assertThat(written(Asciicast.read(file(v3)), Format.ASCIICAST_V3)).isEqualTo(v3);
        String v2 = written(Asciicast.read(file(v3)), Format.ASCIICAST_V2);
        assertThat(written(Asciicast.read(file(v2)), Format.ASCIICAST_V2)).isEqualTo(v2);
    }

    @Test
    void is_redacted_where_secrets_are_split_quoted_or_in_variables() throws IOException {
        Recording recording = Asciicast.read(file("""
                {"version": 2, "width": 80, "height": 24, "title": "hunter2's", "command": "login 'it'\\\\''s me' hunter2", \
                "env": {"SHELL": "hunter2", "TERM": "xterm"}}
                [0.5, "o", "hun"]
                [0.6, "i", "hunt"]
                [0.7, "o", "ter2 abc it's me"]
                [0.8, "i", "er2"]
                [0.9, "m", "hunter2"]
                [1.0, "o", "hun"]
                """));
        Recording redacted = recording.redacted(List.of("hunter2", "", "abc")).redacted(List.of("it's me"));
        assertThat(written(redacted, Format.ASCIICAST_V2)).isEqualTo("""
                        {"version":2,"width":80,"height":24,"command":"login '***' ***","title":"***'s",\
                        "env":{"SHELL":"***","TERM":"xterm"}}
                        [0.700000,"o","*** abc ***"]
                        [0.800000,"i","***"]
                        [0.900000,"m","***"]
                        [1.000000,"o","hun"]
                        """);
        assertThat(redacted.length()).isEqualTo(recording.length());
        assertThat(redacted.replay(redacted.length()).lines().get(0)).isEqualTo("*** abc ***hun");
        var played = new ByteArrayOutputStream();
        redacted.replay(played, Playback.original().speed(1_000));
        assertThat(played).hasToString("*** abc ***hun");
        assertThat(written(recording, Format.ASCIICAST_V3)).contains("hunter2");
    }

    @Test
    void a_last_line_that_was_not_finished_is_left_out() throws IOException {
        Recording whole = Asciicast.read(file(V3));
        Recording cut = Asciicast.read(file(V3 + "[1.5, \"o\", \"unfin"));
        assertThat(cut.length()).isEqualTo(whole.length());
        assertThat(written(cut, Format.ASCIICAST_V3)).isEqualTo(written(whole, Format.ASCIICAST_V3));
    }

    @Test
    void intervals_of_other_programs_do_not_add_up_to_a_drift() throws IOException {
        String third = "[0.3333333333, \"o\", \"x\"]\n".repeat(3_000);
        Recording recording = Asciicast.read(file("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n" + third));
        assertThat(recording.length()).isBetween(Duration.ofMillis(999_999), Duration.ofSeconds(1_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "\u0000\u0001",
                "[1, \"o\", \"x\"]\n",
                "{\"version\": 1, \"width\": 80, \"height\": 24, \"stdout\": []}",
                "{\"version\": 4}\n",
                "{\"version\": 2, \"width\": 0, \"height\": 24}\n",
                "{\"version\": 2, \"width\": 1e99, \"height\": 24}\n",
                "{\"version\": 3, \"width\": 80, \"height\": 24}\n",
                "{\"version\": 2, \"width\": 80, \"height\": 24}\nnonsense\n",
                "{\"version\": 2, \"width\": 80, \"height\": 24}\n[1, 2, 3]\n[1, \"o\", \"\"]\n",
                "{\"version\": 2, \"width\": 80, \"height\": 24}\n{}\n"
            })
    void what_is_no_recording_is_refused(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> Asciicast.read(file))
                .isInstanceOfSatisfying(
                        TrailsException.class,
                        refused -> assertThat(refused.code()).isEqualTo("recording.unreadable"))
                .hasMessageContaining("a.cast");
    }

    @Test
    void deep_nesting_and_hostile_times_are_survived() throws IOException {
        String header = "{\"version\": 2, \"width\": 80, \"height\": 24}\n";
        Path deep = file(header + "[".repeat(100_000) + "\n");
        assertThatThrownBy(() -> Asciicast.read(deep)).isInstanceOf(TrailsException.class);
        Recording recording = Asciicast.read(
                file(header + "[1e300, \"o\", \"a\"]\n[-5, \"o\", \"b\"]\n[0.1, \"r\", \"999999x999999\"]\n"));
        assertThat(recording.replay(Duration.ofDays(100_000)).lines().get(0)).isEqualTo("ab");
    }

    @Test
    void a_missing_file_or_a_directory_is_refused() {
        for (Path path : new Path[] {directory, directory.resolve("missing")}) {
            assertThatThrownBy(() -> Asciicast.read(path))
                    .isInstanceOfSatisfying(
                            TrailsException.class,
                            refused -> assertThat(refused.code()).isEqualTo("recording.unreadable"));
        }
    }
}
