package io.trails.tmux.internal.recording;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Screen;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A tmux server of its own, whose panes show what they are given. Ends with {@link #close()}. */
final class RealTmux implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory;
    private int panes;

    private RealTmux(Path directory) {
        this.directory = directory;
    }

    /** Skips the test where there is no tmux, unless the tools are required. */
    static RealTmux start() throws IOException {
        boolean required = Boolean.getBoolean("trails.test.requireTools");
        assumeTrue(required || installed(), "tmux is not installed");
        var tmux = new RealTmux(Files.createTempDirectory("trails-painter"));
        tmux.run("new-session", "-d", "-s", "keep", "-x", "20", "-y", "5", "exec sleep 600");
        tmux.run("set-option", "-g", "status", "off");
        tmux.run("set-option", "-g", "remain-on-exit", "on");
        tmux.run("set-option", "-g", "history-limit", "1000");
        return tmux;
    }

    private static boolean installed() {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "tmux")));
    }

    Pane pane(int columns, int rows) throws IOException {
        String name = "p" + ++panes;
        Path pipe = directory.resolve(name);
        finish(new ProcessBuilder("mkfifo", pipe.toString()));
        run(
                "new-session",
                "-d",
                "-s",
                name,
                "-x",
                Integer.toString(columns),
                "-y",
                Integer.toString(rows),
                "stty raw -echo; exec cat '" + pipe + "'");
        return new Pane(name, new FileOutputStream(pipe.toFile()));
    }

    /** A pane. */
    final class Pane implements AutoCloseable {
        private final String name;
        private final OutputStream pipe;
        private int written;

        private Pane(String name, OutputStream pipe) {
            this.name = name;
            this.pipe = pipe;
        }

        /** Waits until all of it is drawn, which a title at its end tells. */
        void write(byte[] bytes) throws IOException {
            String mark = "mark" + ++written;
            pipe.write(bytes);
            pipe.write(("\u0018\u001b]2;" + mark + "\u0007").getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(PATIENCE)
                    .until(() -> run("display-message", "-p", "-t", name + ":", "#{pane_title}")
                            .strip()
                            .equals(mark));
        }

        void resize(int columns, int rows) throws IOException {
            run("resize-window", "-t", name + ":", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
        }

        Screen screen() throws IOException {
            String[] state = run(
                            "display-message",
                            "-p",
                            "-t",
                            name + ":",
                            "#{pane_width} #{pane_height} #{cursor_y} #{cursor_x} #{alternate_on}")
                    .strip()
                    .split(" ", -1);
            int columns = Integer.parseInt(state[0]);
            var cursor =
                    new Screen.Cursor(Integer.parseInt(state[2]), Math.min(columns - 1, Integer.parseInt(state[3])));
            String[] lines = run("capture-pane", "-p", "-t", name + ":").split("\n", -1);
            List<String> rows = Arrays.stream(lines)
                    .limit(lines.length - 1)
                    .map(line -> line.replaceAll(" +$", ""))
                    .toList();
            return new Screen(rows, columns, Integer.parseInt(state[1]), Optional.of(cursor), state[4].equals("1"));
        }

        @Override
        public void close() throws IOException {
            pipe.close();
            run("kill-session", "-t", "=" + name);
        }
    }

    private String run(String... arguments) throws IOException {
        var command = new ArrayList<>(
                List.of("tmux", "-S", directory.resolve("t.sock").toString(), "-f", "/dev/null", "-u"));
        command.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("TMUX");
        builder.environment().put("SHELL", "/bin/sh");
        return finish(builder);
    }

    private static String finish(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new IOException("It hangs");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        String text = new String(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) throw new IOException(builder.command() + ": " + text);
        return text;
    }

    @Override
    public void close() throws IOException {
        run("kill-server");
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
