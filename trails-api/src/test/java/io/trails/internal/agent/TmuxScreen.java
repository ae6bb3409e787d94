package io.trails.internal.agent;

import static java.util.Objects.requireNonNull;

import io.trails.ExecResult;
import io.trails.Key;
import io.trails.Screen;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.internal.terminal.Patience;
import io.trails.spi.HeldTerminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** As much of a real terminal as the tests of agents need: a tmux server of its own with one pane. */
final class TmuxScreen implements HeldTerminal, AutoCloseable {
    private final Path directory;

    TmuxScreen(Path directory, String script) {
        this.directory = directory;
        tmux(
                "-f",
                "/dev/null",
                "start-server",
                ";",
                "set-option",
                "-g",
                "remain-on-exit",
                "on",
                ";",
                "new-session",
                "-d",
                "-x",
                "80",
                "-y",
                "24",
                "/bin/sh",
                "-c",
                script);
    }

    static boolean installed() {
        for (String directory : requireNonNull(System.getenv("PATH")).split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, "tmux"))) return true;
        }
        return false;
    }

    private String tmux(String... arguments) {
        var argv = new ArrayList<>(List.of("tmux", "-S", "tmux.sock"));
        argv.addAll(List.of(arguments));
        try {
            // The path of a socket is short, that of the directory for temporary files may be long.
            var builder = new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().remove("TMUX");
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) throw new IllegalStateException(argv + ": " + output);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Set<TerminalCapability> capabilities() {
        return EnumSet.of(TerminalCapability.TTY, TerminalCapability.KEYS, TerminalCapability.SCREEN);
    }

    @Override
    public void type(String text) {
        tmux("send-keys", "-l", "--", text);
    }

    @Override
    public void paste(String text) {
        if (exitCode().isPresent()) throw new TrailsException("terminal.ended", "The program has ended");
        tmux("set-buffer", "--", text);
        tmux("paste-buffer", "-p", "-d");
    }

    @Override
    public void press(Key... keys) {
        for (Key key : keys) tmux("send-keys", key.name());
    }

    @Override
    public Screen screen() {
        String[] cursor =
                tmux("display-message", "-p", "#{cursor_y} #{cursor_x}").strip().split(" ", 2);
        var lines = new ArrayList<String>();
        for (String line : tmux("capture-pane", "-p").split("\n", -1)) lines.add(line.stripTrailing());
        var where = new Screen.Cursor(Integer.parseInt(cursor[0]), Integer.parseInt(cursor[1]));
        return new Screen(lines, 80, 24, Optional.of(where), false);
    }

    @Override
    public Screen await(Predicate<Screen> condition, Duration timeout) {
        Patience patience = Patience.of(timeout);
        while (true) {
            boolean ended = exitCode().isPresent();
            Screen screen = screen();
            if (condition.test(screen)) return screen;
            if (ended) throw new TrailsException("terminal.ended", screen.text());
            if (patience.over()) throw new TrailsException("terminal.timeout", screen.text());
            patience.pause("waiting for tmux");
        }
    }

    @Override
    public OptionalInt exitCode() {
        String[] state = tmux("display-message", "-p", "#{pane_dead} #{pane_dead_status}")
                .strip()
                .split(" ", -1);
        String status = state.length > 1 ? state[1] : "";
        // tmux 3.3a can miss the end of a child, and sees it with that of the next one.
        if (state[0].equals("1") && status.isEmpty()) tmux("run-shell", "-b", "true");
        return status.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(status));
    }

    @Override
    public void resize(int columns, int rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExecResult run(String line, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<List<String>> attachCommand() {
        return Optional.empty();
    }

    @Override
    public void detach() {}

    @Override
    public void close() {
        tmux("kill-server");
    }
}
