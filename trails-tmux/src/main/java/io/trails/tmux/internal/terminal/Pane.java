package io.trails.tmux.internal.terminal;

import io.trails.Key;
import io.trails.Recording;
import io.trails.StyledScreen;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import io.trails.tmux.internal.input.Keys;
import io.trails.tmux.internal.input.Typing;
import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.output.OutputLog;
import io.trails.tmux.internal.place.Watch;
import io.trails.tmux.internal.screen.PaneScreen;
import io.trails.tmux.internal.screen.PaneState;
import io.trails.tmux.internal.server.TmuxVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One pane of tmux with its files, as one JVM sees it. Thread-safe. */
final class Pane implements ShellLine.Terminal, AutoCloseable {
    private static final Path PROC = Path.of("/proc");
    private static final Duration LATE = Duration.ofSeconds(2);

    private final PanePlan plan;
    private final PaneHost host;
    private final Sandbox sandbox;
    private final String id;
    private final PaneFiles files;
    private final PaneLife life;
    private final OutputLog log;
    private final Turn turn;
    private final LastScreen lastScreen;
    private final Watches watches = new Watches();
    private final AtomicReference<String> lastPeople = new AtomicReference<>("0");
    private volatile boolean typed;
    private final AtomicReference<@Nullable Watch> watch = new AtomicReference<>();
    private final AtomicReference<@Nullable Foreground> foreground = new AtomicReference<>();

    /** @param id tmux's number of it, or {@link PaneTable#GONE} */
    Pane(PanePlan plan, PaneHost host, Sandbox sandbox, String id) {
        this.plan = plan;
        this.host = host;
        this.sandbox = sandbox;
        this.id = id;
        this.files = host.files(plan);
        this.life = new PaneLife(files, host, id, sandbox, plan);
        this.log = new OutputLog(files.place(), files.directory());
        this.turn = host.turn(plan, PaneFiles.LINE_LOCK, "waiting for another line to end");
        this.lastScreen = new LastScreen(log, plan.columns(), plan.rows());
    }

    String name() {
        return plan.session();
    }

    @Override
    public String label() {
        return plan.label();
    }

    String id() {
        return id;
    }

    boolean runsShell() {
        return plan.shell();
    }

    TmuxVersion version() {
        return host.server().version();
    }

    Turn turn() {
        return turn;
    }

    LineFiles newLine() {
        return new LineFiles(files, host.entry(plan));
    }

    @Override
    public OutputLog log() {
        return log;
    }

    Set<TerminalCapability> capabilities() {
        return Capabilities.of(host.onHost(), plan.recording().isPresent());
    }

    @Override
    public Ending ending() {
        return life.ending();
    }

    /** Whether nothing that was printed can still be on its way to the log. */
    boolean hasAllOutput() {
        return log.ended() || life.isLongOver();
    }

    /** Sends what is typed, as one piece. */
    void input(List<TmuxCommand> commands, String text) {
        for (Reply reply : change(commands)) {
            if (!reply.ok()) throw refused(reply);
        }
        typed = true;
        if (plan.recording().isPresent() && plan.recording().get().input()) new PaneEvents(files).input(text);
    }

    /** Whether a text may stand at the prompt: one that was typed here, or by a person who attached. Forgets it. */
    @Override
    public boolean mayHaveDraft() {
        boolean here = typed;
        typed = false;
        Reply reply = host.server()
                .run(List.of(TmuxCommand.of(
                        "display-message", "-p", "-t", id, "#{session_attached} #{session_last_attached}")))
                .get(0);
        String people =
                reply.ok() && reply.lines().size() == 1 ? reply.lines().get(0).strip() : "";
        String before = lastPeople.getAndSet(people);
        boolean nobody = people.isEmpty() || people.equals("0");
        boolean nobodySince = people.startsWith("0 ") && people.equals(before);
        return here || !(nobody || nobodySince);
    }

    private List<Reply> change(List<TmuxCommand> commands) {
        try {
            return host.server().change(commands);
        } catch (TrailsException unreachable) {
            Ending ending = life.doubtedEnding();
            if (!ending.ended()) throw unreachable;
            throw ended(ending, "and takes no input");
        }
    }

    private TrailsException refused(Reply reply) {
        Ending ending = life.doubtedEnding();
        if (ending.ended()) return ended(ending, "and takes no input; its output can still be read");
        return new TrailsException(
                "terminal.unreachable",
                "tmux refused what was meant for terminal '" + plan.label() + "': " + String.join(" ", reply.lines()));
    }

    TrailsException ended(Ending ending, String more) {
        return new TrailsException(
                "terminal.ended", "The program in terminal '" + plan.label() + "' " + ending.describe() + " " + more);
    }

    @Override
    public void type(String text) {
        input(Typing.commands(id, text, version()), text);
        typed = false;
    }

    @Override
    public void interrupt() {
        change(Keys.commands(id, List.of(Key.CTRL_C), version()));
    }

    @Override
    public Optional<Boolean> shellReads() {
        if (!host.onHost()) return Optional.empty();
        Foreground known = foreground.get();
        if (known == null) {
            Reply reply = host.server()
                    .run(List.of(TmuxCommand.of("display-message", "-p", "-t", id, "#{pane_pid}")))
                    .get(0);
            if (!reply.ok()
                    || reply.lines().size() != 1
                    || !reply.lines().get(0).matches("\\d{1,10}")) {
                return Optional.empty();
            }
            known = new Foreground(PROC, Long.parseLong(reply.lines().get(0)));
            foreground.set(known);
        }
        return known.isShell();
    }

    void resize(int columns, int rows) {
        long micros = PaneEvents.now();
        var commands = new ArrayList<>(List.of(TmuxCommand.of(
                "resize-window", "-t", id, "-x", Integer.toString(columns), "-y", Integer.toString(rows))));
        // 3.0 tells a program of its new size only when somebody attaches.
        if (!version().isAtLeast(3, 1)) {
            String tell = "stty rows " + rows + " cols " + columns + " <#{pane_tty} >/dev/null 2>&1 || :";
            commands.add(TmuxCommand.of("run-shell", "-b", "-t", id, tell));
        }
        List<Reply> replies = change(commands);
        if (!replies.get(0).ok()) throw refused(replies.get(0));
        if (plan.recording().isPresent()) new PaneEvents(files).resize(micros, columns, rows);
    }

    /** What it shows, or what it printed last if tmux holds it no longer. */
    StyledScreen look() {
        return shown(PaneScreen.commands(id), 1).map(PaneScreen::styled).orElseGet(() -> {
            awaitLastOutput();
            return lastScreen.paint();
        });
    }

    List<String> history(int most) {
        return shown(PaneScreen.historyCommands(id, most), most)
                .map(replies -> PaneScreen.history(replies, most))
                .orElseGet(() -> {
                    awaitLastOutput();
                    return lastScreen.history(most);
                });
    }

    /** Once its program has ended, what it printed last may still be on its way to the log. */
    private void awaitLastOutput() {
        if (!life.ending().ended() || hasAllOutput()) return;
        new Recorder(files, host.onHost(), sandbox.shared()).awaitIdle(log, Patience.of(LATE));
    }

    /**
     * Before 3.3 tmux scrolls the screen of a program that has ended by a line, and writes below that it has. What it scrolled
     * away is looked for in the history.
     *
     * @param above how many lines of it to ask for then
     */
    private Optional<List<Reply>> shown(List<TmuxCommand> commands, int above) {
        Optional<List<Reply>> replies = seen(commands);
        if (replies.isEmpty() || version().isAtLeast(3, 3)) return replies;
        PaneState state = PaneScreen.state(replies.get().get(0));
        if (!state.dead()) return replies;
        if (state.alternate() || state.history() == 0) return Optional.empty();
        return seen(PaneScreen.commandsAboveNotice(id, above, state));
    }

    private Optional<List<Reply>> seen(List<TmuxCommand> commands) {
        if (id.equals(PaneTable.GONE) || (life.isKnownToBeOver() && host.isServerGone())) return Optional.empty();
        try {
            List<Reply> replies = host.server().run(commands);
            if (replies.stream().allMatch(Reply::ok)) return Optional.of(replies);
            if (life.doubtedEnding().ended()) return Optional.empty();
            throw refused(replies.get(0));
        } catch (TrailsException unreachable) {
            if (unreachable.code().equals("terminal.unreachable")
                    && life.doubtedEnding().ended()) return Optional.empty();
            throw unreachable;
        }
    }

    Recording recording() {
        if (plan.recording().isEmpty()) {
            throw new TrailsException(
                    "terminal.unsupported",
                    "Terminal '" + plan.label() + "' is not recorded; ask for a recording when the session is opened");
        }
        awaitLastOutput();
        return new PaneTape(plan, files, log).recording();
    }

    Optional<List<String>> attachCommand() {
        if (!host.onHost()) return Optional.empty();
        // Whoever sits in a tmux of their own would be refused otherwise.
        return Optional.of(List.of(
                "env",
                "-u",
                "TMUX",
                "tmux",
                "-u",
                "-S",
                host.server().socket(),
                "attach-session",
                "-t",
                plan.target()));
    }

    Watch newWatch() {
        return watches.add(files.place().watch(files.directory()));
    }

    @Override
    public Watch watch() {
        while (true) {
            Watch known = watch.get();
            if (known != null) return known;
            Watch fresh = newWatch();
            if (watch.compareAndSet(null, fresh)) return fresh;
            fresh.close();
        }
    }

    @Override
    public void close() {
        watches.close();
        host.close();
    }
}
