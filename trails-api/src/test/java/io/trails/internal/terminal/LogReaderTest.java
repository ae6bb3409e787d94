package io.trails.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.OutputReader;
import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final AtomicBoolean over = new AtomicBoolean();
    private Path file;

    @BeforeEach
    void begin() {
        file = directory.resolve("output");
    }

    private void print(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private LogReader reader(long from, long kept) {
        var log = new OutputLog(file, new OutputBound(kept, Duration.ZERO), 80, 24);
        return new LogReader(log, from, over::get, "waiting for output of a test");
    }

    private static String read(OutputReader reader, int most) {
        return new String(reader.read(most, SOON), StandardCharsets.UTF_8);
    }

    @Test
    void what_was_printed_is_read_in_pieces_of_the_size_wanted() throws IOException {
        print("one two three");
        var reader = reader(0, 1_000);
        assertThat(read(reader, 4)).isEqualTo("one ");
        assertThat(reader.position()).isEqualTo(4);
        assertThat(read(reader, 1_000)).isEqualTo("two three");
    }

    @Test
    void nothing_new_is_waited_for_only_so_long() throws IOException {
        print("before");
        var reader = reader(OutputReader.END, 1_000);
        assertThat(reader.read(10, Duration.ZERO)).isEmpty();
        assertThat(reader.ended()).isFalse();
        print("after");
        assertThat(read(reader, 10)).isEqualTo("after");
    }

    @Test
    void a_reader_that_falls_behind_jumps_to_what_is_kept_and_says_so() throws IOException {
        print("0123456789");
        var reader = reader(0, 4);
        assertThat(read(reader, 2)).isEqualTo("67");
        assertThat(reader.skipped()).isEqualTo(6);
        assertThat(reader.position()).isEqualTo(8);
        print("abcdef");
        assertThat(read(reader, 10)).isEqualTo("cdef");
        assertThat(reader.skipped()).isEqualTo(10);
    }

    @Test
    void it_ends_once_the_program_is_over_and_all_is_read() throws IOException {
        print("last words");
        over.set(true);
        var reader = reader(0, 1_000);
        assertThat(reader.ended()).isFalse();
        assertThat(read(reader, 100)).isEqualTo("last words");
        assertThat(reader.read(100, SOON)).isEmpty();
        assertThat(reader.ended()).isTrue();
    }

    @Test
    void a_closed_reader_reads_nothing_more() {
        var reader = reader(0, 1_000);
        reader.close();
        reader.close();
        assertThatThrownBy(() -> reader.read(1, SOON)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_interrupt_ends_the_waiting_and_stays() {
        var reader = reader(0, 1_000);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> reader.read(1, SOON)).isInstanceOf(TrailsInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_position_before_the_first_byte_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> reader(-2, 1_000));
    }
}
