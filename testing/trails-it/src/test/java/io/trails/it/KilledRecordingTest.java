package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.OutputReader;
import io.trails.Recording;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.Terminal;
import io.trails.Trails;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that is killed while a program of it prints and is recorded: the program and the recording go on. */
class KilledRecordingTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern LINE = Pattern.compile("line (\\d+)\\s*\n");
    private static final Pattern OUTPUT = Pattern.compile("\\[\\s*([0-9.]+),\\s*\"o\",\\s*\"(.*)\"\\s*]");

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_a_program_prints_after_its_host_was_killed_is_neither_lost_nor_doubled() throws IOException {
        TmuxTraces.needTmux();
        Path project = folder.toRealPath();
        try (HostProcess host = HostProcess.start(RecordingHost.class, project)) {
            assertThat(host.reply()).contains("recording");
            host.kill();
        }
        Path cast;
        try (Trails trails = RecordingHost.trails(project)) {
            Session session = trails.find(RecordingHost.SESSION).orElseThrow();
            Terminal terminal = session.agent().terminal();
            int known = last(read(terminal, 0, 100));
            terminal.await(screen -> newest(screen.text()) >= known + 50, SOON);
            assertThat(last(read(terminal, 0, known + 50))).isGreaterThanOrEqualTo(known + 50);

            cast = project.resolve("now.cast");
            try (var to = Files.newOutputStream(cast)) {
                terminal.recording().write(Recording.Format.ASCIICAST_V3, to);
            }
            check(cast, known + 50);
            assertThat(session.remove(RemovalPolicy.safe().endingProcesses()).complete())
                    .isTrue();
        }
        try (var saved = Files.list(project.resolve(".trails/recordings"))) {
            check(saved.findFirst().orElseThrow(), 50);
        }
        assertThat(TmuxTraces.directory(project)).doesNotExist();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(TmuxTraces.processes(project)).isEmpty());
    }

    /** The number of the last line that is whole: one that is looked for may have gone by already. */
    private static int newest(String screen) {
        int number = 0;
        Matcher lines = LINE.matcher(screen);
        while (lines.find()) number = Integer.parseInt(lines.group(1));
        return number;
    }

    /** Numbered lines from that position on, until there are as many. */
    private static String read(Terminal terminal, long position, int lines) {
        var bytes = new ByteArrayOutputStream();
        try (OutputReader reader = terminal.output(position)) {
            while (bytes.toString(StandardCharsets.UTF_8).lines().count() <= lines) {
                byte[] piece = reader.read(1 << 16, SOON);
                assertThat(piece).isNotEmpty();
                assertThat(reader.skipped()).isZero();
                bytes.writeBytes(piece);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The last number, after none was missing or there twice. */
    private static int last(String text) {
        int number = 0;
        for (String line : text.substring(0, text.lastIndexOf('\n')).split("\\s*\n", -1)) {
            // What its shell says at the end.
            if (line.strip().equals("Terminated")) break;
            assertThat(line.strip()).isEqualTo("line " + ++number);
        }
        return number;
    }

    /** Time goes on from event to event, also while no host was there. */
    private static void check(Path cast, int atLeast) throws IOException {
        var text = new StringBuilder();
        List<Double> waits = new ArrayList<>();
        for (String line : Files.readAllLines(cast)) {
            Matcher event = OUTPUT.matcher(line);
            if (!event.matches()) continue;
            waits.add(Double.valueOf(event.group(1)));
            text.append(event.group(2).replace("\\r", "").replace("\\n", "\n"));
        }
        assertThat(last(text.toString())).isGreaterThanOrEqualTo(atLeast);
        // Printed one by one, they were recorded one by one or few at a time, and not when a host came back.
        assertThat(waits).hasSizeGreaterThan(atLeast / 4);
    }
}
