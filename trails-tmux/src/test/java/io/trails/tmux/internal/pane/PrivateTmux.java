package io.trails.tmux.internal.pane;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.server.TmuxVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tmux server of a test's own, asked with one process per command. */
public final class PrivateTmux implements AutoCloseable {
    private final Path directory;

    public PrivateTmux() {
        try {
            directory = Files.createTempDirectory("tt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ok(
                "start-server",
                ";",
                "set-option",
                "-s",
                "exit-empty",
                "off",
                ";",
                "set-option",
                "-g",
                "remain-on-exit",
                "on",
                ";",
                "set-option",
                "-g",
                "status",
                "off");
        // Since 3.3; without it tmux may scroll the screen of a program that ended to tell so.
        run(List.of("set-option", "-g", "remain-on-exit-format", ""));
    }

    /** Skips the test without tmux, or fails it where tools are required. */
    public static void need() {
        boolean installed = Arrays.stream(requireNonNull(System.getenv("PATH")).split(":", -1))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "tmux")));
        assumeTrue(installed || Boolean.getBoolean("trails.test.requireTools"), "tmux is not installed");
        assertThat(installed).as("tmux is installed").isTrue();
    }

    public TmuxVersion version() {
        return TmuxVersion.parse(ok("-V").get(0)).orElseThrow();
    }

    /** A directory that is gone with the server. */
    public Path directory() {
        return directory;
    }

    /** Starts a shell script in a pane of its own and returns the pane's id. */
    public String pane(int columns, int rows, String script) {
        String pane = ok(
                        "new-session",
                        "-d",
                        "-P",
                        "-F",
                        "#{pane_id}",
                        "-x",
                        "" + columns,
                        "-y",
                        "" + rows,
                        "sh",
                        "-c",
                        script)
                .get(0);
        // 3.2 makes every window 80x24.
        ok("resize-window", "-t", pane, "-x", "" + columns, "-y", "" + rows);
        return pane;
    }

    public List<String> ok(String... words) {
        Reply reply = run(List.of(words));
        assertThat(reply.ok()).as("%s: %s", List.of(words), reply.lines()).isTrue();
        return reply.lines();
    }

    /** Executes every command, and expects each to succeed. */
    public List<Reply> send(List<TmuxCommand> commands) {
        var replies = trySend(commands);
        assertThat(replies).as("%s", commands).allMatch(Reply::ok);
        return replies;
    }

    /** Executes every command whatever became of those before. */
    public List<Reply> trySend(List<TmuxCommand> commands) {
        var replies = new ArrayList<Reply>();
        for (TmuxCommand command : commands) {
            var words = new ArrayList<String>();
            for (String word : command.words()) {
                words.add(word.endsWith(";") ? word.substring(0, word.length() - 1) + "\\;" : word);
            }
            replies.add(run(words));
        }
        return replies;
    }

    private Reply run(List<String> words) {
        var argv = new ArrayList<>(List.of(
                "tmux", "-u", "-f", "/dev/null", "-S", directory.resolve("s").toString()));
        argv.addAll(words);
        try {
            var builder = new ProcessBuilder(argv).redirectErrorStream(true);
            builder.environment().remove("TMUX");
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ok = process.waitFor() == 0;
            if (output.endsWith("\n")) output = output.substring(0, output.length() - 1);
            return new Reply(ok, List.of(output.split("\n", -1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run(List.of("kill-server"));
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
