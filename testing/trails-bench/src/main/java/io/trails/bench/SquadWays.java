package io.trails.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * What claude-squad does for an operation, as read in its commit 434ca25: a tmux process each, and per session a client that
 * is attached in a pseudo-terminal, into which keys are written. It has no command with an exit code, and lists from a file
 * of its own.
 */
final class SquadWays {
    private static final long FIRST_PAUSE_MILLIS = 5;
    private static final long LAST_PAUSE_MILLIS = 50;

    private SquadWays() {}

    /** A client in a pseudo-terminal; what it shows is thrown away. */
    private record Attached(Process process) implements AutoCloseable {
        static Attached to(PlainTmux tmux, String name) throws IOException {
            String attach = "exec tmux -S " + tmux.socket() + " attach-session -t " + name;
            return new Attached(PlainTmux.clean(new ProcessBuilder("script", "-q", "-f", "-c", attach, "/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }

        void write(String keys) throws IOException {
            OutputStream terminal = process.getOutputStream();
            terminal.write(keys.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            terminal.flush();
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.destroy();
            try {
                process.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Attached attachedReader(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        String name = tmux.shows(Programs.READER, Programs.READY);
        Attached attached = stage.keep(Attached.to(tmux, name));
        while (!tmux.run("list-clients", "-t", "=" + name).contains(name)) Thread.onSpinWait();
        return attached;
    }

    static Way key(Stage stage) throws Exception {
        Attached attached = attachedReader(stage);
        return Way.timed(() -> attached.write("x"));
    }

    static Way line(Stage stage) throws Exception {
        Attached attached = attachedReader(stage);
        return Way.timed(() -> {
            attached.write("please go on");
            attached.write("\r");
        });
    }

    static Way capture(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        String target = PlainTmux.target(tmux.shows(Programs.PAINTER, Programs.READY));
        return Way.timed(() -> tmux.run("capture-pane", "-p", "-e", "-J", "-t", target));
    }

    /** What its clean-up asks for; whoever uses it lists from its file. */
    static Way list(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        return Way.timed(() -> tmux.run("list-sessions"));
    }

    static Way create(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        return () -> {
            String name = tmux.name();
            var attached = new Attached[1];
            long took = Way.time(() -> attached[0] = start(tmux, name));
            attached[0].close();
            tmux.kill(name);
            return took;
        };
    }

    private static Attached start(PlainTmux tmux, String name) throws Exception {
        String existing = "-t=" + name;
        if (tmux.succeeds("has-session", existing)) throw new IllegalStateException("It exists");
        Process created = tmux.silent("new-session", "-d", "-s", name, "-c", "/", PlainTmux.IDLE)
                .start();
        for (long pause = FIRST_PAUSE_MILLIS; !tmux.succeeds("has-session", existing); ) {
            TimeUnit.MILLISECONDS.sleep(pause);
            if (pause < LAST_PAUSE_MILLIS) pause *= 2;
        }
        created.getOutputStream().close();
        tmux.run("set-option", "-t", name, "history-limit", "10000");
        tmux.run("set-option", "-t", name, "mouse", "on");
        return Attached.to(tmux, name);
    }

    static Way kill(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        return () -> {
            String name = tmux.name();
            Attached attached = start(tmux, name);
            return Way.time(() -> {
                attached.close();
                tmux.run("kill-session", "-t", name);
            });
        };
    }
}
