package io.trails.tmux.internal.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class RecordScriptTest {
    private static final long PLENTY = 64L << 20;

    @TempDir
    Path root;

    private Path directory;

    @BeforeEach
    void make() throws Exception {
        directory = Files.createDirectory(root.resolve("pane"));
    }

    private static void assumeInstalled(String program) {
        boolean installed = Stream.of("/usr/bin/", "/bin/", "/usr/local/bin/")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder + program)));
        if (program.equals("perl") && Boolean.getBoolean("trails.test.requireTools")) {
            assertThat(installed).as("perl is installed").isTrue();
        }
        assumeThat(installed).as("There is no " + program).isTrue();
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** In chunks of any size, so that reads end in the middle of whatever the bytes are. */
    private static void feed(Recorder recorder, byte[] bytes, long seed) throws IOException {
        var random = new Random(seed);
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 40 : 20_000));
            recorder.write(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
    }

    private List<Path> files(String kind) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(kind + "\\.[0-9]{12}"))
                    .sorted()
                    .toList();
        }
    }

    private static int start(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(name.indexOf('.') + 1));
    }

    /** Everything kept is where its file's name says. Returns how much that is. */
    private int assertKept(byte[] input) throws IOException {
        int kept = 0;
        for (Path file : files("output")) {
            byte[] bytes = Files.readAllBytes(file);
            assertThat(Arrays.equals(
                            bytes,
                            0,
                            bytes.length,
                            input,
                            start(file),
                            Math.min(input.length, start(file) + bytes.length)))
                    .as(file.toString())
                    .isTrue();
            kept += bytes.length;
        }
        return kept;
    }

    @ParameterizedTest
    @CsvSource({"perl,false", "perl,true", "python3,false", "python3,true", "dd,false", "dd,true"})
    void every_byte_is_kept_in_order_by_private_files(String variant, boolean timed) throws Exception {
        assumeInstalled(variant);
        byte[] input = random(700_000, 3);
        long before = System.currentTimeMillis() * 1000;
        try (var recorder = new Recorder(directory, PLENTY, timed, variant)) {
            feed(recorder, input, 3);
            recorder.end();
        }
        assertThat(assertKept(input)).isEqualTo(input.length);
        assertThat(directory.resolve("output.end")).hasContent("700000\n");
        assertThat(directory.resolve("output.writer")).doesNotExist();
        assertThat(files("timing")).hasSize(timed ? 1 : 0);
        if (timed) assertTimed(before, input.length);
        for (Path file : files("output")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    private void assertTimed(long before, long total) throws IOException {
        long last = 0;
        // Where date knows no fractions of a second, the time is the second's begin.
        long time = before - 1_000_000;
        for (Path file : files("timing")) {
            for (String line : Files.readAllLines(file)) {
                assertThat(line).matches("[0-9]{16} [0-9]+");
                long at = Long.parseLong(line.substring(0, 16));
                long end = Long.parseLong(line.substring(17));
                assertThat(end).isGreaterThan(last);
                assertThat(at).isGreaterThanOrEqualTo(time);
                last = end;
                time = at;
            }
        }
        assertThat(last).isEqualTo(total);
    }

    @ParameterizedTest
    @CsvSource({"perl,false", "perl,true", "python3,true", "dd,false", "dd,true"})
    void the_oldest_is_deleted_beyond_the_bound(String variant, boolean timed) throws Exception {
        assumeInstalled(variant);
        byte[] input = random(1_500_000, 4);
        try (var recorder = new Recorder(directory, 600_000, timed, variant)) {
            recorder.write(input);
            recorder.end();
        }
        assertThat(assertKept(input)).isBetween(300_000, 700_000);
        List<Path> segments = files("output");
        for (int i = 1; i < segments.size(); i++) {
            assertThat(start(segments.get(i)) - start(segments.get(i - 1))).isEqualTo(Files.size(segments.get(i - 1)));
        }
        if (timed)
            assertThat(files("timing").get(0))
                    .exists()
                    .satisfies(file -> assertThat(start(file)).isEqualTo(start(segments.get(0))));
    }

    @ParameterizedTest
    @CsvSource({"perl,false", "perl,true", "python3,true", "dd,false", "dd,true"})
    void what_is_printed_is_in_the_file_at_once(String variant, boolean timed) throws Exception {
        assumeInstalled(variant);
        var printed = new ByteArrayOutputStream();
        try (var recorder = new Recorder(directory, PLENTY, timed, variant)) {
            for (String text : List.of("a", "\0", "é".repeat(3), "\n", "end")) {
                recorder.write(text.getBytes(UTF_8));
                printed.writeBytes(text.getBytes(UTF_8));
                await().until(() -> !files("output").isEmpty()
                        && Arrays.equals(Files.readAllBytes(files("output").get(0)), printed.toByteArray()));
            }
            recorder.end();
        }
    }

    @ParameterizedTest
    @CsvSource({"perl,dd", "dd,perl", "python3,perl", "perl,python3"})
    void another_writer_continues(String first, String second) throws Exception {
        assumeInstalled(first);
        assumeInstalled(second);
        byte[] input = random(900_000, 5);
        for (int part = 0; part < 3; part++) {
            try (var recorder = new Recorder(directory, 400_000, true, part % 2 == 0 ? first : second)) {
                recorder.write(Arrays.copyOfRange(input, part * 300_000, (part + 1) * 300_000));
                recorder.end();
            }
            assertThat(directory.resolve("output.end")).hasContent((part + 1) * 300_000 + "\n");
        }
        assertThat(assertKept(input)).isBetween(200_000, 500_000);
    }

    @Test
    void the_next_writer_waits_for_the_one_before() throws Exception {
        byte[] input = random(300_000, 6);
        try (var first = new Recorder(directory, PLENTY, false)) {
            first.write(Arrays.copyOf(input, 100_000));
            await().until(() -> Files.exists(directory.resolve("output.writer")));
            try (var second = new Recorder(directory, PLENTY, false)) {
                second.write(Arrays.copyOfRange(input, 200_000, 210_000));
                first.write(Arrays.copyOfRange(input, 100_000, 200_000));
                first.end();
                second.write(Arrays.copyOfRange(input, 210_000, 300_000));
                second.end();
            }
        }
        assertThat(assertKept(input)).isEqualTo(input.length);
        assertThat(directory.resolve("output.end")).hasContent("300000\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"perl", "python3"})
    void what_cannot_be_written_is_dropped_and_counted_and_the_rest_stays_in_place(String variant) throws Exception {
        assumeInstalled(variant);
        byte[] input = random(1_000_000, 7);
        var limited = List.of("/bin/sh", "-c", "ulimit -f 64; exec \"$@\"", "limited");
        try (var recorder = new Recorder(limited, directory, PLENTY, true, variant)) {
            feed(recorder, input, 7);
            recorder.end();
        }
        int kept = assertKept(input);
        assertThat(kept).isLessThan(input.length);
        assertThat(directory.resolve("output.dropped")).hasContent(input.length - kept + "\n");
        assertThat(directory.resolve("output.end")).hasContent("1000000\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"perl", "python3", "dd"})
    void neither_signals_nor_a_missing_directory_stop_the_pipe(String variant) throws Exception {
        assumeInstalled(variant);
        byte[] input = random(400_000, 8);
        try (var recorder = new Recorder(directory, PLENTY, true, variant)) {
            recorder.write(Arrays.copyOf(input, 200_000));
            await().until(() -> !files("timing").isEmpty());
            for (String signal : List.of("HUP", "INT", "QUIT", "TERM")) {
                new ProcessBuilder("kill", "-" + signal, "" + recorder.process().pid())
                        .start()
                        .waitFor(10, TimeUnit.SECONDS);
            }
            recorder.write(Arrays.copyOfRange(input, 200_000, 400_000));
            recorder.end();
        }
        assertThat(assertKept(input)).isEqualTo(input.length);
        try (var recorder = new Recorder(root.resolve("none"), PLENTY, true, variant)) {
            recorder.write(input);
            recorder.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"perl", "python3", "dd"})
    void a_directory_that_is_deleted_meanwhile_stalls_nothing(String variant) throws Exception {
        assumeInstalled(variant);
        try (var recorder = new Recorder(directory, PLENTY, true, variant)) {
            recorder.write(new byte[10]);
            await().until(() -> !files("timing").isEmpty());
            Files.move(directory, root.resolve("elsewhere"));
            recorder.write(new byte[10_000_000]);
            recorder.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "busybox"})
    void other_shells_run_it_too(String shell) throws Exception {
        assumeInstalled(shell);
        byte[] input = random(400_000, 9);
        Path program = Stream.of("/bin/", "/usr/bin/", "/usr/local/bin/")
                .map(folder -> Path.of(folder + shell))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        Path link = Files.createSymbolicLink(
                Files.createDirectory(root.resolve("bin")).resolve("sh"), program);
        for (String variant : List.of("dd", "perl")) {
            try (var recorder = new Recorder(List.of("/usr/bin/env"), link, directory, PLENTY, true, variant)) {
                recorder.write(Arrays.copyOfRange(
                        input, variant.equals("dd") ? 0 : 200_000, variant.equals("dd") ? 200_000 : 400_000));
                recorder.end();
            }
        }
        assertThat(assertKept(input)).isEqualTo(input.length);
    }
}
