package io.trails.tmux.internal.terminal;

import io.trails.Command;
import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import io.trails.spi.TerminalRequest;
import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.output.OutputLog;
import io.trails.tmux.internal.place.Watch;
import io.trails.tmux.internal.server.TmuxServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Starts a program in a new pane exactly once, whatever earlier attempts left. */
final class PaneLaunch {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Only then is tmux asked whether the pane is still there. */
    private static final Duration SILENCE = Duration.ofMillis(200);

    private static final Duration TURN = Duration.ofSeconds(30);

    private final PanePlan plan;
    private final PaneHost host;
    private final Sandbox sandbox;
    private final PaneFiles files;

    PaneLaunch(PanePlan plan, PaneHost host, Sandbox sandbox) {
        this.plan = plan;
        this.host = host;
        this.sandbox = sandbox;
        this.files = host.files(plan);
    }

    /**
     * Starts the program or finds it started.
     *
     * @return tmux's number of its pane
     */
    String launch(TerminalRequest request) {
        Turn turn = host.turn(plan, PaneFiles.LAUNCH_LOCK, "waiting for another launch of a terminal");
        // Another host may be carrying out the same plan.
        try (Turn.Held held = turn.take(Patience.of(TURN))
                .orElseThrow(() -> notStarted("another host is at it for too long; try again", null))) {
            Objects.requireNonNull(held);
            return launchInTurn(request);
        }
    }

    private String launchInTurn(TerminalRequest request) {
        if (host.hasEntry(plan) || files.line(files.started()).isPresent()) {
            Optional<String> earlier = adopt();
            if (earlier.isPresent()) return earlier.get();
            undo();
        }
        boolean launched = false;
        try {
            byte[] orders = Orders.of(plan.label(), command(request));
            String pane = start(orders, argv(request));
            launched = true;
            return pane;
        } finally {
            if (!launched) undoQuietly();
        }
    }

    /** What an earlier attempt started, if it got so far that its program ran. */
    private Optional<String> adopt() {
        if (files.line(files.started()).isEmpty()) return Optional.empty();
        Optional<String> pane = host.findPane(plan);
        if (pane.isPresent() || files.number(files.status()).isEmpty()) return pane;
        // It ended, and its pane with the server: open() gives what is left of it.
        return Optional.of(PaneTable.GONE);
    }

    /** For the recording: what was asked for, and not what leads there. */
    private static List<String> argv(TerminalRequest request) {
        return request.command().map(Command::argv).orElse(List.of("sh"));
    }

    private Command command(TerminalRequest request) {
        Command wanted = request.command().orElseGet(() -> Command.of(Shells.interactive()));
        wanted = new Command(
                wanted.argv(),
                request.environment(),
                request.workingDirectory(),
                Optional.empty(),
                wanted.stdin(),
                wanted.capture());
        try {
            return sandbox.inside(wanted, plan.session());
        } catch (TrailsException e) {
            if (!e.code().equals("exec.not-started")) throw e;
            throw notStarted(String.valueOf(e.getMessage()), e);
        }
    }

    private String start(byte[] orders, List<String> argv) {
        host.enter(plan);
        if (plan.recording().isPresent()) new PaneEvents(files).start(argv);
        Gate gate = host.gates().take();
        boolean read = false;
        try (Watch watch = host.place().watch(files.directory())) {
            String pane = split(gate);
            if (!gate.pass(orders, PATIENCE)) throw notStarted("what should hold it did not come up", null);
            read = true;
            awaitStart(watch, pane);
            return pane;
        } finally {
            if (read) host.gates().giveBack(gate);
            else host.gates().discard(gate);
        }
    }

    /** The pane, and where its output goes, before its program prints the first byte. */
    private String split(Gate gate) {
        TmuxServer server = host.server();
        String entry = host.entry(plan);
        var commands = new ArrayList<TmuxCommand>();
        boolean own = plan.historyLines() != PaneHosts.HISTORY_LINES;
        // Before 3.7 a pane has the limit that held when it was made; since then a limit for all cuts what others have
        // kept.
        boolean ownFirst = own && !server.version().isAtLeast(3, 7);
        if (ownFirst) commands.add(history("-g", plan.historyLines()));
        commands.add(TmuxCommand.of(
                "new-session",
                "-d",
                "-P",
                "-F",
                "#{pane_id}",
                "-s",
                plan.session(),
                "-x",
                Integer.toString(plan.columns()),
                "-y",
                Integer.toString(plan.rows()),
                "-c",
                "/",
                "/bin/sh",
                server.directory() + "/" + LaunchScript.FILE.name(),
                entry,
                gate.path()));
        commands.add(host.pipe(plan, plan.target()));
        // Makes the size the window's own, whoever attaches. Not for all windows at once: 3.3 to 3.6 crash when they
        // make a
        // window while that is the default. 3.2 makes every window 80x24.
        commands.add(TmuxCommand.of(
                "resize-window",
                "-t",
                plan.target(),
                "-x",
                Integer.toString(plan.columns()),
                "-y",
                Integer.toString(plan.rows())));
        if (ownFirst) commands.add(history("-g", PaneHosts.HISTORY_LINES));
        else if (own) commands.add(history("-t" + plan.target(), plan.historyLines()));
        List<Reply> replies = server.change(commands);
        for (Reply reply : replies) {
            if (!reply.ok()) throw notStarted("tmux refused: " + String.join(" ", reply.lines()), null);
        }
        List<String> made = replies.get(ownFirst ? 1 : 0).lines();
        if (made.size() == 1 && made.get(0).matches("%\\d{1,9}")) return made.get(0);
        throw notStarted("tmux did not say which pane it made", null);
    }

    /** @param whose an option of tmux */
    private static TmuxCommand history(String whose, int lines) {
        return TmuxCommand.of("set-option", whose, "history-limit", Integer.toString(lines));
    }

    private void awaitStart(Watch watch, String pane) {
        Patience patience = Patience.of(PATIENCE);
        var log = new OutputLog(files.place(), files.directory());
        var life = new PaneLife(files, host, pane, sandbox, plan);
        while (true) {
            long seen = watch.ticks();
            boolean started = files.line(files.started()).isPresent();
            if (started && log.begun()) return;
            Optional<String> refused = files.line(files.refused());
            if (refused.isPresent()) throw refused(refused.get());
            if (patience.over()) throw notStarted("what should hold it gave no sign of life", null);
            watch.await(seen, patience.leftAtMost(SILENCE));
            boolean silent = !started && watch.ticks() == seen;
            // In this order: a program can be over as soon as it has started.
            if (silent && life.isPaneGone() && files.line(files.started()).isEmpty()) {
                throw notStarted("what should hold it was ended, as by a stop of the session; try again", null);
            }
        }
    }

    private TrailsException refused(String what) {
        if (what.equals("directory")) return notStarted("its working directory cannot be entered", null);
        return notStarted("what should hold it refused: " + what, null);
    }

    /** Leaves nothing behind, also when the calling thread was interrupted. */
    private void undo() {
        boolean interrupted = Thread.interrupted();
        try {
            new PaneRemoval(plan, host, sandbox).undo();
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** What made the launch fail is already being reported. */
    private void undoQuietly() {
        try {
            undo();
        } catch (TrailsException e) {
            LoggerFactory.getLogger(PaneLaunch.class)
                    .warn("What is left of the launch of {} cannot be removed yet", plan.label(), e);
        }
    }

    private TrailsException notStarted(String why, @Nullable Throwable cause) {
        String message = "Terminal '" + plan.label() + "' cannot be started: " + why;
        return cause == null
                ? new TrailsException("terminal.not-started", message)
                : new TrailsException("terminal.not-started", message, cause);
    }
}
