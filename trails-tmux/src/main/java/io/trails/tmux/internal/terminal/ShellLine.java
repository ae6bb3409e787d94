package io.trails.tmux.internal.terminal;

import io.trails.ExecResult;
import io.trails.Output;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.tmux.internal.output.OutputLog;
import io.trails.tmux.internal.place.Watch;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.LoggerFactory;

/** One line run by the shell in a pane. Nothing is typed while something else than the shell would read it. */
final class ShellLine {
    private static final Duration IDLE_AGAIN = Duration.ofSeconds(2);
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofMillis(150);
    private static final Duration PRINTED = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private static final Reason NOT_BEGUN = Reason.of(
            "terminal.busy",
            "What runs in the shell did not end in time; the line was taken back and did not run",
            "Wait for it or interrupt it, and run the line again");

    /** What a line needs of its terminal. */
    interface Terminal {
        String label();

        Ending ending();

        /** Whether the shell reads what is typed, or empty where that cannot be seen. */
        Optional<Boolean> shellReads();

        void type(String text);

        /** Whether an unfinished text may stand at the prompt. */
        boolean mayHaveDraft();

        void interrupt();

        Watch watch();

        OutputLog log();
    }

    private final Terminal terminal;
    private final LineFiles files;

    ShellLine(Terminal terminal, LineFiles files) {
        this.terminal = terminal;
        this.files = files;
    }

    ExecResult run(String line, Patience patience) {
        long began = System.nanoTime();
        LineOutput output = new LineOutput(terminal.log(), files);
        boolean kept = false;
        boolean over = false;
        try {
            if (!awaitShell(patience)) {
                over = true;
                return timedOut(began, Output.empty(), NOT_BEGUN);
            }
            // It would become a part of the line, and be executed.
            if (terminal.mayHaveDraft()) interruptAndSettle();
            files.sweep();
            files.write(line);
            terminal.type(files.typed());
            OptionalInt code = await(patience);
            over = true;
            if (code.isPresent()) {
                Output printed = output.whole(terminal.watch(), Patience.of(PRINTED));
                return result(ExecResult.Status.EXITED, code.getAsInt(), began, printed, Optional.empty());
            }
            if (!begun()) {
                files.takeBack();
                if (!begun()) {
                    // What was typed is still read one day, and must then find a file.
                    kept = true;
                    return timedOut(began, Output.empty(), NOT_BEGUN);
                }
            }
            Reason reason = interrupt();
            return timedOut(began, output.soFar(), reason);
        } finally {
            if (!over) giveUp();
            if (!kept) files.delete();
        }
    }

    /** The caller was interrupted, or the terminal lost: the line must not go on unseen. */
    private void giveUp() {
        boolean interrupted = Thread.interrupted();
        try {
            if (!terminal.ending().ended()) terminal.interrupt();
        } catch (TrailsException gone) {
            LoggerFactory.getLogger(ShellLine.class).debug("A line cannot be interrupted", gone);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** Until the shell has answered an interrupt: what is typed before it has may be thrown away, or read by what ends. */
    private void interruptAndSettle() {
        Watch watch = terminal.watch();
        long before = terminal.log().total();
        terminal.interrupt();
        Patience patience = Patience.of(SETTLE);
        long last = before;
        while (!patience.over()) {
            long seen = watch.ticks();
            watch.await(seen, patience.leftAtMost(QUIET));
            long now = terminal.log().total();
            if (now > before && now == last) return;
            last = now;
        }
    }

    private boolean begun() {
        return files.exists(files.begun());
    }

    private boolean awaitShell(Patience patience) {
        while (!terminal.shellReads().orElse(true)) {
            requireRunning("before it could run a line");
            if (patience.over()) return false;
            patience.pause("waiting for the shell in terminal '" + terminal.label() + "' to be idle");
        }
        return true;
    }

    private void requireRunning(String when) {
        Ending ending = terminal.ending();
        if (!ending.ended()) return;
        throw new TrailsException(
                "terminal.ended", "The shell in terminal '" + terminal.label() + "' " + ending.describe() + " " + when);
    }

    private OptionalInt await(Patience patience) {
        Watch watch = terminal.watch();
        while (true) {
            long seen = watch.ticks();
            // In this order: a line that ends the shell has not written its exit code, one before it may have.
            Ending ending = terminal.ending();
            OptionalInt code = files.exitCode();
            if (code.isPresent()) return code;
            if (ending.ended()) requireRunning("while it ran a line");
            if (patience.over()) return OptionalInt.empty();
            watch.await(seen, patience.leftAtMost(LOOK_AGAIN));
        }
    }

    private Reason interrupt() {
        interruptAndSettle();
        Patience patience = Patience.of(IDLE_AGAIN);
        while (!patience.over()) {
            if (terminal.shellReads().orElse(files.exitCode().isPresent())) {
                return Reason.of("terminal.interrupted", "The line ran out of time and was interrupted");
            }
            if (terminal.ending().ended()) break;
            patience.pause("interrupting a line in terminal '" + terminal.label() + "'");
        }
        return Reason.of(
                "terminal.busy",
                "The line ran out of time, was interrupted and still runs",
                "Wait for it, or remove the terminal");
    }

    private static ExecResult timedOut(long began, Output output, Reason reason) {
        return result(ExecResult.Status.TIMED_OUT, -1, began, output, Optional.of(reason));
    }

    private static ExecResult result(
            ExecResult.Status status, int code, long began, Output output, Optional<Reason> reason) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        return new ExecResult(status, code, output, Output.empty(), elapsed, reason);
    }
}
