package io.trails.tmux.internal.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Output;
import io.trails.tmux.internal.place.HostPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class SlicesTest {
    @TempDir
    Path directory;

    private Output text(long from, long to, int most) {
        return new Slices(new OutputLog(new HostPlace(), directory.toString())).text(from, to, most);
    }

    private void segment(long start, String content) throws Exception {
        Files.writeString(directory.resolve(Segments.name(start)), content);
    }

    @Test
    void a_part_is_plain_text_across_segments() throws Exception {
        segment(0, "prompt$ \u001b[3");
        segment(11, "1mred\r\nnext");

        Output text = text(8, 18, 1000);

        assertThat(text.text()).isEqualTo("red\n");
        assertThat(text.truncated()).isFalse();
    }

    @Test
    void a_long_text_keeps_its_begin_and_end() throws Exception {
        String line = "0123456789".repeat(10) + "\n";
        segment(0, "begin\n" + line.repeat(200_000) + "end");

        Output text = text(0, 6 + 101L * 200_000 + 3, 1000);

        assertThat(text.truncated()).isTrue();
        assertThat(text.size()).isEqualTo(6 + 101L * 200_000 + 3);
        assertThat(text.text()).startsWith("begin\n0123").endsWith("89\nend");
        assertThat(text.bytes().length).isLessThan(1100);
    }

    @Test
    void what_is_not_kept_any_more_counts() throws Exception {
        segment(100, "kept\n");
        segment(205, "dropped before");

        Output text = text(90, 300, 1000);

        assertThat(text.text()).contains("bytes not kept", "kept\n", "dropped before");
        assertThat(text.size()).isEqualTo(210);
        assertThat(text.truncated()).isTrue();
        assertThat(text(90, 100, 1000).size()).isEqualTo(10);
        assertThat(text(5, 5, 1000).bytes()).isEmpty();
        assertThat(new String(text(100, 105, 1000).bytes(), UTF_8)).isEqualTo("kept\n");
    }
}
