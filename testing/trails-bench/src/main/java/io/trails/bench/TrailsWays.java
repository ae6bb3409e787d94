package io.trails.bench;

import io.trails.Command;
import io.trails.OutputReader;
import io.trails.RecordingOptions;
import io.trails.Terminal;
import io.trails.bench.HeldTerminals.Held;
import io.trails.spi.HeldTerminal;
import io.trails.tmux.internal.line.TmuxCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What trails does. */
final class TrailsWays {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PIPELINED = 50;
    private static final int THREADS = 8;
    private static final int CHUNK = 1 << 16;

    private TrailsWays() {}

    static Way key(Stage stage) throws Exception {
        Terminal terminal = stage.terminals().shows(Programs.READER, Programs.READY);
        return Way.timed(() -> terminal.type("x"));
    }

    static Way pipelinedKeys(Stage stage) throws Exception {
        OwnLine line = stage.line();
        String name = line.name();
        line.create(name, Programs.READER);
        List<TmuxCommand> keys = new ArrayList<>();
        for (int i = 0; i < PIPELINED; i++) {
            keys.add(TmuxCommand.of("send-keys", "-l", "-t", PlainTmux.target(name), "x"));
        }
        return () -> Way.time(() -> line.change(keys)) / PIPELINED;
    }

    static Way line(Stage stage) throws Exception {
        Terminal terminal = stage.terminals().shows(Programs.READER, Programs.READY);
        return Way.timed(() -> terminal.type("please go on\n"));
    }

    static Way capture(Stage stage) throws Exception {
        Terminal terminal = stage.terminals().shows(Programs.PAINTER, Programs.READY);
        return Way.timed(terminal::screen);
    }

    static Way list(Stage stage) throws Exception {
        OwnLine line = stage.line();
        line.fill(100);
        return Way.timed(() -> line.run("list-sessions", "-F", PlainWays.FORMAT));
    }

    static Way createBare(Stage stage) throws Exception {
        OwnLine line = stage.line();
        return () -> {
            String name = line.name();
            long took = Way.time(() -> line.create(name, PlainTmux.IDLE));
            line.kill(name);
            return took;
        };
    }

    static Way create(Stage stage) throws Exception {
        HeldTerminals terminals = stage.terminals();
        List<Held> made = new ArrayList<>();
        return () -> {
            long took = Way.time(() -> made.add(terminals.create(HeldTerminals.idle(), Optional.empty())));
            terminals.remove(made.remove(0));
            return took;
        };
    }

    static Way killBare(Stage stage) throws Exception {
        OwnLine line = stage.line();
        return () -> {
            String name = line.name();
            line.create(name, PlainTmux.IDLE);
            return Way.time(() -> line.kill(name));
        };
    }

    static Way remove(Stage stage) throws Exception {
        HeldTerminals terminals = stage.terminals();
        return () -> {
            Held held = terminals.create(HeldTerminals.idle(), Optional.empty());
            return Way.time(() -> terminals.remove(held));
        };
    }

    static Way createManyBare(Stage stage) throws Exception {
        OwnLine line = stage.line();
        return () -> {
            long took = Way.time(() -> line.fill(TerminalRows.MANY));
            line.empty();
            return took;
        };
    }

    static Way createMany(Stage stage) throws Exception {
        HeldTerminals terminals = stage.terminals();
        return () -> {
            List<Held> made = Collections.synchronizedList(new ArrayList<>());
            long took = Way.time(() -> ManySessions.atOnce(
                    TerminalRows.MANY,
                    THREADS,
                    number -> made.add(terminals.create(HeldTerminals.idle(), Optional.empty()))));
            terminals.endAll(made);
            return took;
        };
    }

    static Way run(Stage stage) throws Exception {
        Terminal shell =
                stage.terminals().create(Optional.empty(), Optional.empty()).terminal();
        shell.run("true", PATIENCE).orThrow();
        return Way.timed(() -> shell.run("true", PATIENCE).orThrow());
    }

    static Way openAnew(Stage stage) throws Exception {
        HeldTerminals terminals = stage.terminals();
        List<Held> made = new ArrayList<>();
        for (int i = 0; i < TerminalRows.MANY; i++) made.add(terminals.create(HeldTerminals.idle(), Optional.empty()));
        stage.keep(() -> terminals.endAll(made));
        return () -> {
            List<HeldTerminal> opened = new ArrayList<>();
            long took = Way.time(() -> opened.addAll(terminals.openAnew(made)));
            opened.forEach(HeldTerminal::detach);
            return took;
        };
    }

    static Way output(Stage stage) throws Exception {
        return output(stage, Optional.empty());
    }

    static Way recordedOutput(Stage stage) throws Exception {
        return output(stage, Optional.of(RecordingOptions.output()));
    }

    private static Way output(Stage stage, Optional<RecordingOptions> recording) throws Exception {
        HeldTerminals terminals = stage.terminals();
        Path file = OutputFile.of(stage);
        return () -> {
            List<Held> made = new ArrayList<>();
            long took = Way.time(() -> {
                made.add(terminals.create(Optional.of(Command.of("cat", file.toString())), recording));
                readAll(made.get(0).terminal());
            });
            terminals.remove(made.get(0));
            return took;
        };
    }

    private static void readAll(Terminal terminal) {
        try (OutputReader reader = terminal.output(0)) {
            while (!reader.ended()) reader.read(CHUNK, PATIENCE);
            if (reader.position() < OutputFile.BYTES) {
                throw new IllegalStateException("The output ended at " + reader.position());
            }
        }
    }

    static Way idleMemory(Stage stage) {
        return () -> {
            try (HeldTerminals terminals = HeldTerminals.open(stage.scratch())) {
                long before = terminals.memory();
                List<Held> made = new ArrayList<>();
                for (int i = 0; i < TerminalRows.MANY; i++) {
                    made.add(terminals.create(HeldTerminals.idle(), Optional.empty()));
                }
                long after = terminals.memory();
                terminals.endAll(made);
                return (after - before) / TerminalRows.MANY;
            }
        };
    }

    /** Somebody reads the beginning of the output, and then nothing any more. */
    static Way stuckMemory(Stage stage) throws Exception {
        Path file = OutputFile.of(stage);
        return () -> {
            try (HeldTerminals terminals = HeldTerminals.open(stage.scratch())) {
                Held held = terminals.create(
                        Optional.of(Command.of(
                                "sh",
                                "-c",
                                "cat '" + file + "'; echo; echo " + Programs.READY + "; exec sleep 100000")),
                        Optional.empty());
                try (OutputReader stuck = held.terminal().output(0)) {
                    stuck.read(1, PATIENCE);
                    held.terminal().await(screen -> screen.contains(Programs.READY), PATIENCE);
                    long memory = terminals.memory();
                    terminals.remove(held);
                    return memory;
                }
            }
        };
    }
}
