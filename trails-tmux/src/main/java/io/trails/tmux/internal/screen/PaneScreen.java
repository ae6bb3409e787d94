package io.trails.tmux.internal.screen;

import io.trails.Screen;
import io.trails.StyledScreen;
import io.trails.StyledScreen.Run;
import io.trails.TrailsException;
import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a pane shows, whatever a person who attached has opened over it or set beside it. Columns are cells: a wide character
 * takes two of them, one that combines with the character before takes none.
 */
public final class PaneScreen {
    /** More than any history holds. */
    private static final int MOST = 10_000_000;

    private PaneScreen() {}

    /**
     * What to ask for a screen. Plain and styled screens ask the same, as only with its styles tmux tells which letters
     * stand for line drawing.
     *
     * @param pane its id, such as {@code %3}
     */
    public static List<TmuxCommand> commands(String pane) {
        return List.of(
                stateCommand(pane),
                TmuxCommand.of("capture-pane", "-p", "-e", "-t", pane).showingProgramText());
    }

    /** What to ask for the state alone. */
    public static TmuxCommand stateCommand(String pane) {
        return TmuxCommand.of("display-message", "-p", "-t", pane, PaneState.FORMAT);
    }

    /** Reads the reply to {@link #stateCommand}. */
    public static PaneState state(Reply reply) {
        return PaneState.of(reply);
    }

    /**
     * Reads the replies to {@link #commands}.
     *
     * @throws TrailsException {@code terminal.unreachable} if they do not tell a screen
     */
    public static StyledScreen styled(List<Reply> replies) {
        PaneState state = state(first(replies));
        var rows = new ArrayList<>(StyledText.rows(shown(replies.get(1)), state.columns()));
        // The size may have changed between the two.
        while (rows.size() > state.rows()) rows.remove(0);
        while (rows.size() < state.rows()) rows.add(List.of());
        var lines = new ArrayList<String>();
        for (List<Run> row : rows) lines.add(StyledText.plain(row));
        var screen = new Screen(lines, state.columns(), state.rows(), Optional.of(state.cursor()), state.alternate());
        return new StyledScreen(screen, rows);
    }

    /** The same in plain text. */
    public static Screen screen(List<Reply> replies) {
        return styled(replies).screen();
    }

    /** What to ask for the last lines of history and screen. */
    public static List<TmuxCommand> historyCommands(String pane, int most) {
        int above = Math.min(most, MOST);
        return List.of(
                stateCommand(pane),
                TmuxCommand.of("capture-pane", "-p", "-e", "-S", String.valueOf(-above), "-t", pane)
                        .showingProgramText());
    }

    /** Reads the replies to {@link #historyCommands}. */
    public static List<String> history(List<Reply> replies, int most) {
        int columns = state(first(replies)).columns();
        var lines = new ArrayList<String>();
        for (List<Run> row : StyledText.rows(shown(replies.get(1)), columns)) lines.add(StyledText.plain(row));
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isEmpty()) end--;
        return List.copyOf(lines.subList(Math.max(0, end - most), end));
    }

    private static Reply first(List<Reply> replies) {
        if (replies.size() == 2) return replies.get(0);
        throw new TrailsException(
                "terminal.unreachable", "tmux gave " + replies.size() + " replies instead of a state and a screen");
    }

    private static List<String> shown(Reply reply) {
        if (reply.ok()) return reply.lines();
        throw new TrailsException("terminal.unreachable", "tmux does not show the pane: " + reply.lines());
    }
}
