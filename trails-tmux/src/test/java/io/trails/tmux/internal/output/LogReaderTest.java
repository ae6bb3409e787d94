package io.trails.tmux.internal.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.OutputReader;
import io.trails.tmux.internal.place.HostPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class LogReaderTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long PLENTY = 64L << 20;

    @TempDir
    Path root;

    private final HostPlace place = new HostPlace();
    private Path directory;
    private OutputLog log;

    @BeforeEach
    void make() throws Exception {
        directory = Files.createDirectory(root.resolve("pane"));
        log = new OutputLog(place, directory.toString());
    }

    @AfterEach
    void close() {
        place.close();
    }

    private LogReader reader(long from) {
        return new LogReader(log, place.watch(directory.toString()), from);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] all(LogReader reader) {
        var all = new ByteArrayOutputStream();
        while (!reader.ended()) all.writeBytes(reader.read(10_000, SOON));
        return all.toByteArray();
    }

    @Test
    void what_is_printed_is_read_from_any_position_and_again() throws Exception {
        try (var recorder = new Recorder(directory, PLENTY, false);
                var reader = reader(0)) {
            recorder.write(bytes("one"));
            assertThat(reader.read(100, SOON)).asString(UTF_8).isEqualTo("one");
            assertThat(reader.position()).isEqualTo(3);
            assertThat(reader.read(100, Duration.ofMillis(5))).isEmpty();
            assertThat(reader.read(100, Duration.ZERO)).isEmpty();
            assertThat(reader.ended()).isFalse();
            recorder.write(bytes("two"));
            assertThat(reader.read(2, SOON)).asString(UTF_8).isEqualTo("tw");
            recorder.end();
            assertThat(reader.ended()).isFalse();
            assertThat(reader.read(100, SOON)).asString(UTF_8).isEqualTo("o");
            assertThat(reader.ended()).isTrue();
            assertThat(reader.read(100, SOON)).isEmpty();
            assertThat(reader.skipped()).isZero();
        }
        try (var again = reader(1)) {
            assertThat(all(again)).asString(UTF_8).isEqualTo("netwo");
        }
        try (var end = reader(OutputReader.END)) {
            assertThat(end.position()).isEqualTo(6);
            assertThat(end.read(1, SOON)).isEmpty();
            assertThat(end.ended()).isTrue();
        }
    }

    @Test
    void a_reader_that_falls_behind_goes_on_where_output_is_kept() throws Exception {
        try (var recorder = new Recorder(directory, 1, false);
                var reader = reader(0)) {
            byte[] input = new byte[500_000];
            new Random(7).nextBytes(input);
            recorder.write(input);
            recorder.end();
            byte[] read = all(reader);
            assertThat(reader.position()).isEqualTo(input.length);
            assertThat(reader.skipped()).isEqualTo(input.length - read.length).isPositive();
            assertThat(read).isEqualTo(Arrays.copyOfRange(input, input.length - read.length, input.length));
            assertThat(log.oldest()).isEqualTo(reader.skipped());
            assertThat(log.total()).isEqualTo(input.length);
        }
    }

    @Test
    void a_writer_that_was_killed_is_followed_by_one_that_continues() throws Exception {
        try (var reader = reader(0)) {
            try (var killed = new Recorder(directory, PLENTY, true)) {
                killed.write(bytes("first "));
                assertThat(reader.read(100, SOON)).asString(UTF_8).isEqualTo("first ");
                killed.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            try (var next = new Recorder(directory, PLENTY, true)) {
                next.write(bytes("second"));
                next.end();
            }
            assertThat(all(reader)).asString(UTF_8).isEqualTo("second");
        }
        assertThat(log.ended()).isTrue();
    }

    @Test
    void a_writer_killed_in_the_middle_loses_no_more_than_it_had_in_hand() throws Exception {
        Path pipe = root.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS);
        byte[] input = new byte[6_000_000];
        new Random(11).nextBytes(input);
        var killing = new CountDownLatch(1);
        var held = new RandomAccessFile(pipe.toFile(), "rw");
        try {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    for (int at = 0; at < input.length; at += 1000) {
                        if (at == 2_000_000)
                            assertThat(killing.await(30, TimeUnit.SECONDS)).isTrue();
                        held.write(input, at, 1000);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            try (var killed = Recorder.reading(pipe, directory, PLENTY)) {
                await().until(() -> log.total() > 1_000_000);
                killing.countDown();
                killed.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            try (var next = Recorder.reading(pipe, directory, PLENTY)) {
                writing.get(30, TimeUnit.SECONDS);
                await().until(() -> Files.readString(directory.resolve("output.writer"))
                        .equals(next.process().pid() + "\n"));
                held.close();
                assertThat(next.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            held.close();
        }
        byte[] read;
        try (var reader = reader(0)) {
            read = all(reader);
            assertThat(reader.skipped()).isZero();
        }
        int same = Arrays.mismatch(read, input);
        int lost = input.length - read.length;
        assertThat(lost).isBetween(0, 65_536);
        if (lost > 0) {
            assertThat(Arrays.equals(read, same, read.length, input, same + lost, input.length))
                    .isTrue();
        }
    }

    @Test
    void closing_ends_a_read_that_waits() throws Exception {
        LogReader reader = reader(0);
        CompletableFuture<byte[]> waiting = CompletableFuture.supplyAsync(() -> reader.read(1, SOON));
        reader.close();
        reader.close();
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reader.read(1, SOON)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void senseless_arguments_are_refused() {
        assertThatThrownBy(() -> reader(-2)).isInstanceOf(IllegalArgumentException.class);
        try (LogReader reader = reader(0)) {
            assertThatThrownBy(() -> reader.read(0, SOON)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
