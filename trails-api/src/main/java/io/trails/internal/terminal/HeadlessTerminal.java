package io.trails.internal.terminal;

import io.trails.ExecResult;
import io.trails.Key;
import io.trails.Output;
import io.trails.OutputReader;
import io.trails.Reason;
import io.trails.Screen;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.spi.HeldTerminal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** A program without a terminal device: a pipe in, a log out. Thread-safe. */
final class HeadlessTerminal implements HeldTerminal, InputGauge {
    private static final int LINES_IN_MESSAGES = 10;

    private final Identity identity;
    private final TerminalFiles files;
    private final Program program;
    private final Turns turns;
    private final OutputLog log;
    private final Duration patience;

    /** @param patience how long the program may read nothing of what is typed */
    HeadlessTerminal(
            Identity identity,
            TerminalFiles files,
            Program program,
            Turns turns,
            OutputBound bound,
            Duration patience) {
        this.identity = identity;
        this.files = files;
        this.program = program;
        this.turns = turns;
        this.log = new OutputLog(files.output(), bound, identity.columns(), identity.rows());
        this.patience = patience;
    }

    @Override
    public Set<TerminalCapability> capabilities() {
        return program.capabilities();
    }

    @Override
    public void type(String text) {
        if (text.indexOf('\0') >= 0) throw new IllegalArgumentException("What is typed contains NUL");
        type(text.getBytes(StandardCharsets.UTF_8));
    }

    private void type(byte[] bytes) {
        requireRunning();
        Optional<Turn.Held> held = turns.typing().take(patience);
        if (held.isEmpty()) {
            throw new TrailsException(
                    "terminal.stuck",
                    "Another text is being typed into terminal '" + identity.name() + "' and its program does not read;"
                            + " nothing of this one was typed. Wait until it reads again, or interrupt it");
        }
        try {
            program.write(bytes, patience);
        } finally {
            held.get().release();
        }
    }

    @Override
    public void paste(String text) {
        type(text);
    }

    @Override
    public void press(Key... keys) {
        for (Key key : keys) {
            if (key.equals(Key.ENTER) || key.equals(Key.TAB) || key.equals(Key.CTRL_C)) continue;
            throw unsupported("the key " + key, "use a terminal with the capability KEYS, such as tmux");
        }
        for (Key key : keys) {
            if (key.equals(Key.CTRL_C)) {
                requireRunning();
                program.interrupt();
            } else {
                type(key.equals(Key.TAB) ? "\t" : "\n");
            }
        }
    }

    @Override
    public Screen screen() {
        program.trimOutput();
        return shown();
    }

    private Screen shown() {
        return new Screen(log.lines(), identity.columns(), identity.rows(), Optional.empty(), false);
    }

    @Override
    public Screen await(Predicate<Screen> condition, Duration timeout) {
        Objects.requireNonNull(condition, "condition");
        Patience patience = Patience.of(timeout);
        long seen = -1;
        while (true) {
            // In this order: what the program printed last is on the screen once it is seen to have ended.
            Ending ending = program.ending();
            program.trimOutput();
            long size = log.size();
            if (size != seen) {
                seen = size;
                patience.encouraged();
                Screen screen = shown();
                if (condition.test(screen)) return screen;
            }
            if (ending.ended()) throw ended(ending, "before its screen showed what was awaited;" + lastLines());
            if (patience.over()) {
                throw new TrailsException(
                        "terminal.timeout",
                        "Terminal '" + identity.name() + "' did not show what was awaited within " + timeout + ";"
                                + lastLines());
            }
            patience.pause("waiting for terminal '" + identity.name() + "'");
        }
    }

    @Override
    public void resize(int columns, int rows) {
        throw unsupported("changing the size", "give the size when the terminal is made");
    }

    @Override
    public ExecResult run(String line, Duration timeout) {
        if (line.indexOf('\0') >= 0) throw new IllegalArgumentException("The line contains NUL");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("A timeout must be positive: " + timeout);
        }
        if (!identity.shell()) throw unsupported("running a line", "it runs a program and not a shell");
        requireRunning();
        if (!program.sharesFiles()) {
            throw unsupported("running a line", "its sandbox does not see the host's files; use exec, or tmux");
        }
        Patience patience = Patience.of(timeout);
        Optional<Turn.Held> held = turns.running().take(patience.left());
        if (held.isEmpty()) {
            var busy = Reason.of("terminal.busy", "Other lines were running all the time; this one was not begun");
            return new ExecResult(
                    ExecResult.Status.TIMED_OUT, -1, Output.empty(), Output.empty(), timeout, Optional.of(busy));
        }
        try {
            return new ShellLine(identity.name(), files, log, program, this::type).run(line, patience);
        } finally {
            held.get().release();
        }
    }

    @Override
    public OutputReader output(long position) {
        return new LogReader(log, position, this::hasEnded, "waiting for output of '" + identity.name() + "'");
    }

    private boolean hasEnded() {
        program.trimOutput();
        return program.ending().ended();
    }

    @Override
    public Optional<List<String>> attachCommand() {
        return Optional.empty();
    }

    @Override
    public OptionalInt exitCode() {
        Ending ending = program.ending();
        if (ending.lost()) {
            throw new TrailsException(
                    "terminal.lost",
                    "The program in terminal '" + identity.name() + "' is gone and nobody knows how it ended: it or the"
                            + " machine was killed. Its output can still be read; remove the terminal and start anew");
        }
        return ending.code();
    }

    @Override
    public Optional<InputGauge.Reading> gauge() {
        return program.gauge();
    }

    @Override
    public void detach() {
        program.detach();
    }

    private void requireRunning() {
        Ending ending = program.ending();
        if (ending.ended()) throw ended(ending, "and takes no input; its output can still be read");
    }

    private TrailsException ended(Ending ending, String more) {
        return new TrailsException(
                "terminal.ended",
                "The program in terminal '" + identity.name() + "' " + ending.describe() + " " + more);
    }

    private TrailsException unsupported(String what, String remedy) {
        return new TrailsException(
                "terminal.unsupported",
                "Headless terminal '" + identity.name() + "' does not support " + what + "; " + remedy);
    }

    private String lastLines() {
        List<String> lines = log.lines();
        if (lines.isEmpty()) return " the screen is empty";
        int from = Math.max(0, lines.size() - LINES_IN_MESSAGES);
        return " its last lines:\n" + String.join("\n", lines.subList(from, lines.size()));
    }

    /**
     * What is done by one at a time, whichever host it is in.
     *
     * @param typing a text is whole in the input
     * @param running a line's output is its own
     */
    record Turns(Turn typing, Turn running) {
        static Turns of(TerminalFiles files) {
            return new Turns(
                    new Turn(files.turn(), "another text to be typed"), new Turn(files.run(), "another line to end"));
        }
    }

    /**
     * What a terminal is called and how it is shown.
     *
     * @param name for messages and threads
     * @param shell whether its program is the shell of the provider's choice
     * @param columns the width in cells
     * @param rows the height in cells
     */
    record Identity(String name, boolean shell, int columns, int rows) {}
}
