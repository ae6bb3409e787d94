package io.trails.tmux.internal.terminal;

import io.trails.ExecResult;
import io.trails.Key;
import io.trails.Output;
import io.trails.OutputReader;
import io.trails.Reason;
import io.trails.Recording;
import io.trails.Screen;
import io.trails.StyledScreen;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.spi.HeldTerminal;
import io.trails.tmux.internal.input.Keys;
import io.trails.tmux.internal.input.Pasting;
import io.trails.tmux.internal.input.Typing;
import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.output.LogReader;
import io.trails.tmux.internal.place.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** A program in a pane of tmux. Thread-safe. */
final class TmuxTerminal implements HeldTerminal {
    private static final int LINES_IN_MESSAGES = 10;

    /** A change that nothing told of, such as a resize by a person, is seen after that. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    /** While output pours, that much time for the server between two looks. */
    private static final Duration BREATH = Duration.ofMillis(4);

    private final Pane pane;

    TmuxTerminal(Pane pane) {
        this.pane = pane;
    }

    @Override
    public Set<TerminalCapability> capabilities() {
        return pane.capabilities();
    }

    @Override
    public void type(String text) {
        refuseNul(text);
        requireRunning();
        pane.input(Typing.commands(pane.id(), text, pane.version()), text);
    }

    @Override
    public void paste(String text) {
        refuseNul(text);
        requireRunning();
        pane.input(Pasting.commands(pane.id(), text, pane.version()), text);
    }

    private static void refuseNul(String text) {
        if (text.indexOf('\0') >= 0) throw new IllegalArgumentException("What is typed contains NUL");
    }

    @Override
    public void press(Key... keys) {
        List<Key> all = List.of(keys);
        if (all.isEmpty()) return;
        List<TmuxCommand> commands = Keys.commands(pane.id(), all, pane.version());
        requireRunning();
        pane.input(commands, all.toString());
    }

    @Override
    public Screen screen() {
        return pane.look().screen();
    }

    @Override
    public StyledScreen styledScreen() {
        return pane.look();
    }

    @Override
    public List<String> history(int most) {
        if (most < 1) throw new IllegalArgumentException("No history has " + most + " lines");
        return pane.history(most);
    }

    @Override
    public Screen await(Predicate<Screen> condition, Duration timeout) {
        Objects.requireNonNull(condition, "condition");
        Patience patience = Patience.of(timeout);
        Watch watch = pane.watch();
        Optional<Screen> last = Optional.empty();
        while (true) {
            long seen = watch.ticks();
            // In this order: what the program printed last is on the screen once it is seen to have ended.
            Ending ending = pane.ending();
            Screen screen = screen();
            if (!last.equals(Optional.of(screen))) {
                if (condition.test(screen)) return screen;
                last = Optional.of(screen);
            }
            if (ending.ended()) throw ended(ending, "before its screen showed what was awaited;", screen);
            if (patience.over()) {
                throw new TrailsException(
                        "terminal.timeout",
                        "Terminal '" + pane.label() + "' did not show what was awaited within " + timeout + ";"
                                + lastLines(screen));
            }
            watch.await(seen, patience.leftAtMost(LOOK_AGAIN));
            if (watch.ticks() != seen) patience.rest(BREATH, "waiting for terminal '" + pane.label() + "'");
        }
    }

    @Override
    public void resize(int columns, int rows) {
        if (columns < 1 || rows < 1) throw new IllegalArgumentException("No terminal is " + columns + " x " + rows);
        requireRunning();
        pane.resize(columns, rows);
    }

    @Override
    public ExecResult run(String line, Duration timeout) {
        if (line.indexOf('\0') >= 0) throw new IllegalArgumentException("The line contains NUL");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("A timeout must be positive: " + timeout);
        }
        if (!pane.runsShell()) {
            throw new TrailsException(
                    "terminal.unsupported",
                    "Terminal '" + pane.label() + "' does not support running a line: it runs a program and not a"
                            + " shell");
        }
        requireRunning();
        Patience patience = Patience.of(timeout);
        Optional<Turn.Held> turn = pane.turn().take(patience);
        if (turn.isEmpty()) {
            var busy = Reason.of("terminal.busy", "Other lines were running all the time; this one was not begun");
            return new ExecResult(
                    ExecResult.Status.TIMED_OUT, -1, Output.empty(), Output.empty(), timeout, Optional.of(busy));
        }
        try (Turn.Held held = turn.get()) {
            Objects.requireNonNull(held);
            return new ShellLine(pane, pane.newLine()).run(line, patience);
        }
    }

    @Override
    public OutputReader output(long position) {
        return new LogReader(pane.log(), pane.newWatch(), position, pane::hasAllOutput);
    }

    @Override
    public Recording recording() {
        return pane.recording();
    }

    @Override
    public Optional<List<String>> attachCommand() {
        return pane.attachCommand();
    }

    @Override
    public OptionalInt exitCode() {
        Ending ending = pane.ending();
        if (ending.lost()) {
            throw new TrailsException(
                    "terminal.lost",
                    "The program in terminal '" + pane.label() + "' is gone and nobody knows how it ended: it, its tmux"
                            + " server or the machine was killed. Its output can still be read; remove the terminal and"
                            + " start anew");
        }
        return ending.code();
    }

    @Override
    public void detach() {
        pane.close();
    }

    private void requireRunning() {
        Ending ending = pane.ending();
        if (ending.ended()) throw pane.ended(ending, "and takes no input; its output can still be read");
    }

    private TrailsException ended(Ending ending, String more, Screen screen) {
        return pane.ended(ending, more + lastLines(screen));
    }

    private static String lastLines(Screen screen) {
        var said = screen.lines().stream().filter(line -> !line.isBlank()).toList();
        if (said.isEmpty()) return " it shows nothing";
        var last = said.subList(Math.max(0, said.size() - LINES_IN_MESSAGES), said.size());
        return " it shows last:\n" + String.join("\n", last);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TmuxTerminal that && pane.name().equals(that.pane.name());
    }

    @Override
    public int hashCode() {
        return pane.name().hashCode();
    }

    @Override
    public String toString() {
        return "TmuxTerminal[" + pane.label() + "]";
    }
}
