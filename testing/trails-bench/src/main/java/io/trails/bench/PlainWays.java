package io.trails.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** The baselines: one tmux process per operation, on a server without configuration. */
final class PlainWays {
    static final String FORMAT = "#{session_id} #{session_name} #{session_created} #{session_windows}";

    private PlainWays() {}

    static Way key(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        String target = PlainTmux.target(tmux.shows(Programs.READER, Programs.READY));
        return Way.timed(() -> tmux.run("send-keys", "-l", "-t", target, "x"));
    }

    static Way line(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        String target = PlainTmux.target(tmux.shows(Programs.READER, Programs.READY));
        return Way.timed(() -> tmux.run("send-keys", "-t", target, "please go on", "Enter"));
    }

    static Way capture(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        String target = PlainTmux.target(tmux.shows(Programs.PAINTER, Programs.READY));
        return Way.timed(() -> tmux.run("capture-pane", "-p", "-t", target));
    }

    static Way list(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        tmux.fill(100);
        return Way.timed(() -> tmux.run("list-sessions", "-F", FORMAT));
    }

    static Way create(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        return () -> {
            String name = tmux.name();
            long took = Way.time(() -> tmux.create(name, PlainTmux.IDLE));
            tmux.kill(name);
            return took;
        };
    }

    static Way kill(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        return () -> {
            String name = tmux.name();
            tmux.create(name, PlainTmux.IDLE);
            return Way.time(() -> tmux.kill(name));
        };
    }

    static Way createMany(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        return () -> {
            long took = Way.time(() -> tmux.fill(TerminalRows.MANY));
            tmux.empty();
            return took;
        };
    }

    /** A line whose exit code the shell writes to a file, and a wait for it. */
    static Way run(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        String target = PlainTmux.target(tmux.shows("PS1='" + Programs.READY + " ' exec bash --norc", Programs.READY));
        Path status = stage.scratch().project().resolve("status");
        String text = "true; echo $? > " + status + "; tmux -S " + tmux.socket() + " wait-for -S done";
        return () -> {
            Files.deleteIfExists(status);
            return Way.time(() -> {
                tmux.run("send-keys", "-l", "-t", target, text);
                tmux.run("send-keys", "-t", target, "Enter");
                tmux.run("wait-for", "done");
                if (!Files.readString(status).equals("0\n")) throw new IllegalStateException("`true` failed");
            });
        };
    }

    static Way listPanes(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        tmux.fill(TerminalRows.MANY);
        return Way.timed(() -> tmux.run("list-panes", "-a", "-F", "#{pane_id} #{session_name}"));
    }

    static Way output(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        Path file = OutputFile.of(stage);
        String print = "cat " + file + "; tmux -S " + tmux.socket() + " wait-for -S done";
        return () -> Way.time(() -> {
            tmux.create(tmux.name(), print);
            tmux.run("wait-for", "done");
        });
    }

    static Way idleMemory(Stage stage) {
        return () -> {
            try (PlainTmux tmux = PlainTmux.start(stage.scratch())) {
                long before = tmux.memory();
                tmux.fill(TerminalRows.MANY);
                return (tmux.memory() - before) / TerminalRows.MANY;
            }
        };
    }

    /** What a pipe that is not read does to the server. */
    static Way stuckMemory(Stage stage) throws Exception {
        Path file = OutputFile.of(stage);
        return () -> {
            Path stuck = stage.scratch().project().resolve("stuck");
            try (PlainTmux tmux = PlainTmux.start(stage.scratch())) {
                String name = tmux.name();
                String wait = "tmux -S " + tmux.socket() + " wait-for ";
                tmux.create(name, wait + "go; cat " + file + "; " + wait + "-S done; " + PlainTmux.IDLE);
                tmux.run(
                        "pipe-pane",
                        "-O",
                        "-t",
                        PlainTmux.target(name),
                        "echo $$ >" + stuck + "; " + wait + "-S go; " + PlainTmux.IDLE);
                tmux.run("wait-for", "done");
                return tmux.memory();
            } finally {
                // It does not notice that nobody writes any more.
                ProcessHandle.of(Long.parseLong(Files.readString(stuck).strip()))
                        .ifPresent(ProcessHandle::destroy);
            }
        };
    }
}
