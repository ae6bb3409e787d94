package io.trails.tmux.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.spi.Sandbox;
import io.trails.tmux.internal.server.HostPlace;
import io.trails.tmux.internal.server.TmuxVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tmux server without any setting but that it stays, and lines to it. */
final class LineServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HostPlace place;
    private final Sandbox sandbox;
    private final Path directory;
    private final List<TmuxLine> lines = new ArrayList<>();

    LineServer(Path scratch) {
        try {
            directory = Files.createTempDirectory("line");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        place = new HostPlace(scratch);
        sandbox = place.session();
        ExecResult started = exec(List.of(
                "-f",
                "/dev/null",
                "start-server",
                ";",
                "set-option",
                "-s",
                "exit-empty",
                "off",
                ";",
                "set-option",
                "-gw",
                "remain-on-exit",
                "on",
                ";",
                "new-session",
                "-d",
                "-s",
                "k",
                "-x",
                "80",
                "-y",
                "24",
                "-c",
                "/",
                "cat"));
        assertThat(started.ok()).as(started.stderr().text()).isTrue();
    }

    private ExecResult exec(List<String> words) {
        var argv = new ArrayList<String>(client());
        argv.addAll(words);
        return sandbox.exec(Command.of(argv).timeout(PATIENCE));
    }

    TmuxVersion version() {
        return TmuxVersion.parse(exec(List.of("-V")).stdout().text()).orElseThrow();
    }

    Path directory() {
        return directory;
    }

    private List<String> client() {
        return List.of("tmux", "-u", "-S", directory + "/s");
    }

    TmuxLine control() {
        var argv = new ArrayList<String>(client());
        argv.addAll(List.of("-C", "attach-session", "-t", "=k"));
        var line = new ControlLine(sandbox.start(Command.of(argv)), "test-line");
        lines.add(line);
        return line;
    }

    TmuxLine cli() {
        return new CliLine(sandbox, client(), PATIENCE);
    }

    static List<Reply> replies(TmuxLine line, TmuxCommand... commands) {
        try {
            return line.send(List.of(commands)).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (TmuxLine line : lines) line.close();
        exec(List.of("kill-server"));
        place.close();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }
}
