package io.trails.tmux.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.tmux.internal.place.HostPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the sizes of chunks and reads, and whoever is faster: what is read is what was printed, where it was printed. */
class RecordedOutputPropertyTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    /** So many take a moment; byte by byte, the largest output would be minutes of reading on a busy machine. */
    private static final int MOST_READS = 2_000;

    @Property(tries = 25)
    void what_is_read_while_it_is_written_and_deleted_is_the_input_at_its_position(
            @ForAll long seed,
            @ForAll @IntRange(max = 400_000) int size,
            @ForAll @IntRange(min = 1, max = 300_000) int max,
            @ForAll @IntRange(min = 1, max = 100_000) int mostRead,
            @ForAll boolean timed)
            throws Exception {
        Path root = Files.createTempDirectory("recorded");
        byte[] input = new byte[size];
        new Random(seed).nextBytes(input);
        try (var place = new HostPlace()) {
            Path directory = Files.createDirectory(root.resolve("pane"));
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> write(directory, input, seed, max, timed));
            readAll(place, directory, input, Math.max(mostRead, size / MOST_READS), seed);
            writing.get(30, TimeUnit.SECONDS);
        } finally {
            delete(root);
        }
    }

    /** By several writers in turn. */
    private static void write(Path directory, byte[] input, long seed, int max, boolean timed) {
        var random = new Random(seed);
        int at = 0;
        try {
            int writers = 1 + random.nextInt(3);
            for (int writer = 1; writer <= writers; writer++) {
                int end = writer == writers ? input.length : at + random.nextInt(input.length - at + 1);
                try (var recorder = new Recorder(directory, max, timed)) {
                    while (at < end) {
                        int next = Math.min(end, at + 1 + random.nextInt(random.nextBoolean() ? 100 : 90_000));
                        recorder.write(Arrays.copyOfRange(input, at, next));
                        at = next;
                    }
                    recorder.end();
                }
            }
            Files.createFile(directory.resolve("all"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readAll(HostPlace place, Path directory, byte[] input, int most, long seed) {
        var random = new Random(seed);
        var log = new OutputLog(place, directory.toString());
        Path all = directory.resolve("all");
        try (var reader = new LogReader(log, place.watch(directory.toString()), 0, () -> Files.exists(all))) {
            long read = 0;
            long deadline = System.nanoTime() + SOON.toNanos();
            while (!reader.ended() && System.nanoTime() < deadline) {
                byte[] bytes = reader.read(1 + random.nextInt(most), SOON);
                read += bytes.length;
                int end = (int) reader.position();
                assertThat(Arrays.equals(bytes, 0, bytes.length, input, end - bytes.length, end))
                        .as("what was read before " + end)
                        .isTrue();
            }
            assertThat(reader.ended()).isTrue();
            assertThat(reader.position()).isEqualTo(input.length);
            assertThat(read + reader.skipped()).isEqualTo(input.length);
        }
    }

    private static void delete(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(root)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) Files.delete(file);
    }
}
