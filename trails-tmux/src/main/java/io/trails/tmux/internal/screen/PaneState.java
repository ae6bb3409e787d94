package io.trails.tmux.internal.screen;

import io.trails.Screen;
import io.trails.TrailsException;
import io.trails.tmux.internal.line.Reply;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tmux knows of a pane in numbers. Immutable.
 *
 * @param cursor in cells, the program's even while a person is in copy mode
 * @param alternate whether the alternate screen is on
 * @param dead whether tmux has seen the end of the program
 * @param history how many lines have left the screen and are kept
 * @param covered whether a person has a mode, such as copy mode, open over it
 */
public record PaneState(
        int columns, int rows, Screen.Cursor cursor, boolean alternate, boolean dead, int history, boolean covered) {
    static final String FORMAT = "#{pane_width},#{pane_height},#{cursor_x},#{cursor_y},#{alternate_on},#{pane_dead},"
            + "#{history_size},#{pane_in_mode}";

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,5}),(\\d{1,5}),(\\d{1,5}),(\\d{1,5}),([01]?),([01]?),(\\d{0,9}),(\\d{0,3})");

    static PaneState of(Reply reply) {
        if (reply.ok() && reply.lines().size() == 1) {
            Matcher numbers = FORM.matcher(reply.lines().get(0));
            if (numbers.matches() && number(numbers, 1) > 0 && number(numbers, 2) > 0) return of(numbers);
        }
        throw new TrailsException("terminal.unreachable", "tmux does not tell the state of the pane: " + reply.lines());
    }

    private static PaneState of(Matcher numbers) {
        int columns = number(numbers, 1);
        int rows = number(numbers, 2);
        // Behind the last cell of a full row the cursor waits with the line break, and is shown in the last cell.
        int column = Math.min(number(numbers, 3), columns - 1);
        int row = Math.min(number(numbers, 4), rows - 1);
        return new PaneState(
                columns,
                rows,
                new Screen.Cursor(row, column),
                number(numbers, 5) == 1,
                number(numbers, 6) == 1,
                number(numbers, 7),
                number(numbers, 8) > 0);
    }

    private static int number(Matcher numbers, int group) {
        String digits = numbers.group(group);
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
