package io.trails.tmux.internal.recording;

import java.util.ArrayList;
import java.util.List;

/** Lays lines out anew that were wrapped at another width, as tmux does, and finds the cursor again. Single-threaded. */
final class Reflow {
    private final int width;
    private final List<Row> from;
    private final int cursorRow;
    private final int cursorColumn;
    private final List<Row> to = new ArrayList<>();
    private int row;
    private int column;

    /** @param cursorRow counted from the first of {@code from} */
    Reflow(List<Row> from, int width, int cursorRow, int cursorColumn) {
        this.from = from;
        this.width = width;
        this.cursorRow = cursorRow;
        this.cursorColumn = cursorColumn;
        for (int n = 0; n < from.size(); ) n = line(n);
    }

    private int line(int first) {
        Row target = start();
        int at = 0;
        int n = first;
        boolean afterText = false;
        while (true) {
            Row source = from.get(n);
            for (int cell = 0; cell < source.used(); ) {
                int cells = cells(source, cell);
                if (at + cells > width) {
                    if (cells > width) {
                        cell += cells;
                        continue;
                    }
                    target.wrapped(true);
                    target = start();
                    at = 0;
                }
                if (n == cursorRow && cursorColumn >= cell && cursorColumn < cell + cells)
                    cursor(at + cursorColumn - cell);
                for (int end = cell + cells; cell < end; ) target.copy(at++, source, cell++);
            }
            afterText |= n == cursorRow && cursorColumn >= source.used();
            n++;
            if (!source.wrapped() || n >= from.size()) break;
        }
        if (afterText) cursor(at);
        return n;
    }

    private Row start() {
        var started = new Row(width);
        to.add(started);
        return started;
    }

    private static int cells(Row row, int cell) {
        int end = cell + 1;
        while (end < row.used() && row.cell(end) == Row.COVERED) end++;
        return end - cell;
    }

    private void cursor(int at) {
        row = to.size() - 1;
        column = Math.min(at, width);
    }

    List<Row> rows() {
        return to;
    }

    /** Where the cursor is now, counted from the first row. */
    int row() {
        return row;
    }

    int column() {
        return column;
    }
}
