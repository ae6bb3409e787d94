package io.trails.tmux.internal.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trails.tmux.internal.pane.PrivateTmux;
import io.trails.tmux.internal.place.HostPlace;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class PipedPaneTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path root;

    @BeforeAll
    static void needsTmux() {
        PrivateTmux.need();
    }

    @ParameterizedTest
    @ValueSource(strings = {"perl", "dd"})
    void what_a_pane_prints_is_read_to_the_end_though_the_server_is_killed(String variant) throws Exception {
        Path directory = Files.createDirectory(root.resolve("pane"));
        Path script = Files.writeString(root.resolve("record"), RecordScript.TEXT);
        Path gate = root.resolve("gate");
        new ProcessBuilder("mkfifo", gate.toString()).start().waitFor(10, TimeUnit.SECONDS);
        String expected =
                IntStream.rangeClosed(1, 50_000).mapToObj(i -> i + "\n").collect(Collectors.joining()) + "é\n";
        try (var tmux = new PrivateTmux();
                var place = new HostPlace();
                var reader = new LogReader(
                        new OutputLog(place, directory.toString()), place.watch(directory.toString()), 0)) {
            String pane = tmux.pane(80, 24, "read x <" + gate + "; seq 1 50000; echo é; exec sleep 999");
            String record = "exec /bin/sh " + script + " " + directory + " 10000000 1 " + variant;
            tmux.ok("pipe-pane", "-O", "-t", pane, record);
            Files.writeString(gate, "go\n");

            var printed = new ByteArrayOutputStream();
            while (!printed.toString(UTF_8).endsWith("é\r\n")) {
                byte[] more = reader.read(1 << 16, SOON);
                assertThat(more).isNotEmpty();
                printed.writeBytes(more);
            }
            assertThat(TerminalText.of(printed.toByteArray())).isEqualTo(expected);
            assertThat(reader.ended()).isFalse();

            long server = Long.parseLong(
                    tmux.ok("display-message", "-p", "-t", pane, "#{pid}").get(0));
            ProcessHandle.of(server).orElseThrow().destroyForcibly();
            assertThat(reader.read(1, SOON)).isEmpty();
            assertThat(reader.ended()).isTrue();
        }
    }
}
