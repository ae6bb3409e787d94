package io.trails.tmux.internal.terminal;

import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.output.OutputLog;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Ends a pane with everything its program started, wherever that went, and removes what was created for it. */
final class PaneRemoval {
    private static final Reason RUNNING =
            Reason.of("terminal.running", "Its program still runs", "End it, or remove with endingProcesses()");

    private static final Duration TURN = Duration.ofSeconds(30);
    private static final Duration WRAPPER = Duration.ofSeconds(2);
    private static final Duration RECORDER = Duration.ofSeconds(5);
    private static final Duration RECORDER_START = Duration.ofSeconds(1);

    private static final Reason LAUNCHING =
            Reason.of("terminal.launching", "A host is launching it all the time", "Try again");

    private static final Reason IN_USE = Reason.of(
            "terminal.in-use",
            "Somebody who attached runs programs of their own beside it",
            "Close the other panes and windows of its tmux session, or remove with endingProcesses()");

    private static final Reason NOT_ENDED = Reason.of(
            "terminal.not-ended",
            "A process of it does not end, not even when killed",
            "Stop the session, or look for a process that waits for a device");

    private final PanePlan plan;
    private final PaneHost host;
    private final Sandbox sandbox;
    private final PaneFiles files;

    PaneRemoval(PanePlan plan, PaneHost host, Sandbox sandbox) {
        this.plan = plan;
        this.host = host;
        this.sandbox = sandbox;
        this.files = host.files(plan);
    }

    RemovalReport remove(RemovalPolicy policy) {
        if (!host.hasEntry(plan) && !files.exist()) return RemovalReport.nothing();
        Turn turn = host.turn(plan, PaneFiles.LAUNCH_LOCK, "waiting for the launch of a terminal");
        Optional<Turn.Held> held = turn.take(Patience.of(TURN));
        if (held.isEmpty()) return RemovalReport.kept("terminal " + plan.label(), LAUNCHING);
        try (Turn.Held ours = held.get()) {
            Objects.requireNonNull(ours);
            return removeInTurn(policy);
        }
    }

    private RemovalReport removeInTurn(RemovalPolicy policy) {
        String what = "terminal " + plan.label();
        if (!policy.endsProcesses()) {
            if (sandbox.isAlive(plan.session())) return RemovalReport.kept(what, RUNNING);
            if (otherPanes()) return RemovalReport.kept(what, IN_USE);
        }
        end();
        if (!sandbox.end(plan.session())) return RemovalReport.kept(what, NOT_ENDED);
        awaitWrapper();
        awaitRecorder();
        clear();
        return RemovalReport.removed(what, Reason.of("terminal.removed", "It was created for the session"));
    }

    /** It writes down how its program ended, unless it was killed, and would do so where nobody looks any more. */
    private void awaitWrapper() {
        if (files.line(files.started()).isEmpty()) return;
        Patience patience = Patience.of(WRAPPER);
        while (files.line(files.status()).isEmpty() && !patience.over()) {
            patience.pause("waiting for the end of a terminal");
        }
    }

    /** It has the last of the output, and would write it where nobody looks any more. */
    private void awaitRecorder() {
        new Recorder(files, host.onHost(), sandbox.shared()).awaitEnd(Patience.of(RECORDER));
    }

    /** One that is only just starting says so soon. */
    private void awaitLateRecorder() {
        var log = new OutputLog(files.place(), files.directory());
        Patience patience = Patience.of(RECORDER_START);
        while (!log.begun() && !patience.over()) patience.pause("undoing the launch of a terminal");
        awaitRecorder();
    }

    /** What a launch that failed left. */
    void undo() {
        boolean entered = host.hasEntry(plan);
        end();
        if (!sandbox.end(plan.session())) {
            throw new TrailsException(
                    "terminal.not-started",
                    "Terminal '" + plan.label() + "' cannot be started: what an earlier attempt left cannot be ended. "
                            + NOT_ENDED.message());
        }
        awaitWrapper();
        if (entered) awaitLateRecorder();
        clear();
    }

    private boolean otherPanes() {
        if (host.isServerGone()) return false;
        String own = host.findPane(plan).orElse(PaneTable.GONE);
        Reply reply = host.server()
                .run(List.of(TmuxCommand.of("list-panes", "-s", "-t", plan.target(), "-F", "#{pane_dead} #{pane_id}")))
                .get(0);
        return reply.ok() && reply.lines().stream().anyMatch(pane -> pane.startsWith("0 ") && !pane.equals("0 " + own));
    }

    private void end() {
        if (host.isServerGone()) return;
        Reply reply = host.server()
                .change(List.of(TmuxCommand.of("kill-session", "-t", "=" + plan.session())))
                .get(0);
        host.panes().forget(plan.session());
        if (reply.ok()) return;
        // A person may have renamed the session or moved the pane. What is not there is none the less gone.
        Optional<String> pane = host.findPane(plan);
        if (pane.isPresent()) host.server().change(List.of(TmuxCommand.of("kill-pane", "-t", pane.get())));
        host.panes().forget(plan.session());
    }

    private void clear() {
        files.delete();
        host.leave(plan);
    }
}
