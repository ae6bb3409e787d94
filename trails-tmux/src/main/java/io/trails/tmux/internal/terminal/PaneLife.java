package io.trails.tmux.internal.terminal;

import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * Whether the program of a pane runs. How it ended is read from a file, which costs microseconds. That its wrapper or the
 * server was killed shows nowhere, so tmux is asked for that, at most once a second. Thread-safe.
 */
final class PaneLife {
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MEND_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final Duration SETTLED = Duration.ofMillis(500);
    private static final Duration READ = Duration.ofSeconds(2);

    /** Whether it is dead, and whether its output goes somewhere. */
    private static final String LOOK = "#{pane_dead} #{pane_pipe}";

    private final PaneFiles files;
    private final PaneHost host;
    private final String pane;
    private final Sandbox sandbox;
    private final PanePlan plan;
    private final AtomicLong nextCheck;
    private volatile long nextMend = System.nanoTime();
    private volatile long overNanos;
    private volatile Ending ending = Ending.RUNNING;

    PaneLife(PaneFiles files, PaneHost host, String pane, Sandbox sandbox, PanePlan plan) {
        this.files = files;
        this.host = host;
        this.pane = pane;
        this.sandbox = sandbox;
        this.plan = plan;
        this.nextCheck = new AtomicLong(System.nanoTime() + CHECK_NANOS);
    }

    /** Once it has ended, what it printed last is on the screen of its pane. */
    Ending ending() {
        // Who writes down the code of a program may come to it later than others give it up.
        if (ending.code().isPresent()) return ending;
        OptionalInt code = files.number(files.status());
        if (code.isPresent()) {
            if (!ending.lost()) settle();
            over(Ending.exited(code.getAsInt()));
        } else if (!ending.lost()) {
            if (checkIsDue()) check();
            // Whoever stopped the session knows that its programs are gone, and must not find one here.
            else if (host.onHost() && !sandbox.isAlive(plan.session())) awaitCode();
        }
        return ending;
    }

    /** The program has ended or is just starting; its wrapper comes to writing it down, or it is alive. */
    private void awaitCode() {
        Patience patience = Patience.of(SETTLED);
        while (!patience.over()) {
            OptionalInt code = files.number(files.status());
            if (code.isPresent()) {
                settle();
                over(Ending.exited(code.getAsInt()));
                return;
            }
            if (sandbox.isAlive(plan.session())) return;
            patience.pause("waiting for the end of a terminal");
        }
    }

    /** The same after a hint that something is wrong. */
    Ending doubtedEnding() {
        if (!ending().ended()) check();
        return ending;
    }

    /** Whether its end was seen, without another look. */
    boolean isKnownToBeOver() {
        return ending.ended();
    }

    /** Whether it ended so long ago that nothing of its output can still be on its way. */
    boolean isLongOver() {
        return ending().ended() && System.nanoTime() - overNanos > LONG_NANOS;
    }

    private void over(Ending how) {
        overNanos = System.nanoTime();
        ending = how;
    }

    private boolean checkIsDue() {
        long now = System.nanoTime();
        long due = nextCheck.get();
        return now - due >= 0 && nextCheck.compareAndSet(due, now + CHECK_NANOS);
    }

    private void check() {
        if (look(true) != Sight.DEAD) {
            mendRecorder();
            return;
        }
        // A wrapper that survives the server writes down how its program ended, unless it was killed as well.
        Patience patience = Patience.of(SETTLED);
        OptionalInt code = files.number(files.status());
        while (code.isEmpty() && !patience.over()) {
            patience.pause("waiting for the end of a terminal");
            code = files.number(files.status());
        }
        // A program without its server has no terminal any more, whether it goes on or not.
        if (code.isEmpty() && !host.isServerGone() && sandbox.isAlive(plan.session())) return;
        code = files.number(files.status());
        over(code.isPresent() ? Ending.exited(code.getAsInt()) : Ending.LOST);
    }

    /** Tmux notices a reader that is gone when it has something for it, which is lost then. */
    private void mendRecorder() {
        var recorder = new Recorder(files, host.onHost(), sandbox.shared());
        recorder.wake();
        long now = System.nanoTime();
        // The new one takes its time to say that it is there.
        if (now - nextMend < 0 || !recorder.isGone()) return;
        nextMend = now + MEND_NANOS;
        try {
            host.server().change(List.of(host.pipe(plan, pane)));
        } catch (TrailsException unreachable) {
            LoggerFactory.getLogger(PaneLife.class).debug("The pipe of pane {} cannot be laid", pane, unreachable);
        }
    }

    private enum Sight {
        ALIVE,
        DEAD,
        UNKNOWN
    }

    /** Whether there is nobody any more who could start the program. */
    boolean isPaneGone() {
        return look(false) == Sight.DEAD;
    }

    /** Whether tmux holds the pane no longer, or holds a dead one. To mend is to lay the pipe anew whose other end is gone. */
    private Sight look(boolean mend) {
        if (pane.equals(PaneTable.GONE) || host.isServerGone()) return Sight.DEAD;
        try {
            Reply reply = host.server()
                    .run(List.of(TmuxCommand.of("display-message", "-p", "-t", pane, LOOK)))
                    .get(0);
            // Of a pane that is gone it succeeds and says nothing.
            if (!reply.ok()
                    || reply.lines().size() != 1
                    || !reply.lines().get(0).startsWith("0")) return Sight.DEAD;
            if (mend && reply.lines().get(0).equals("0 0")) host.server().change(List.of(host.pipe(plan, pane)));
            return Sight.ALIVE;
        } catch (TrailsException unreachable) {
            LoggerFactory.getLogger(PaneLife.class).debug("Nobody knows whether pane {} lives", pane, unreachable);
            return host.isServerGone() ? Sight.DEAD : Sight.UNKNOWN;
        }
    }

    /** The wrapper writes the exit code a moment before tmux has read the last of what the program printed. */
    private void settle() {
        Patience patience = Patience.of(READ);
        while (look(false) == Sight.ALIVE && !patience.over()) patience.pause("waiting for the end of a terminal");
    }
}
