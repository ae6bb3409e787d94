package io.trails.internal.terminal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last rows of a text that was printed without a terminal device: lines wrapped at the width, and the few control
 * characters obeyed that programs use to rewrite a line. Every code point counts as one cell. Single-threaded.
 */
final class TextScreen {
    private static final int TAB = 8;

    private final int columns;
    private final int rows;
    private final ArrayDeque<int[]> above = new ArrayDeque<>();
    private final int[] cells;
    private int length;
    private int column;

    TextScreen(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.cells = new int[columns];
    }

    void print(int codePoint) {
        if (column == columns) lineFeed();
        set(column++, codePoint);
    }

    void lineFeed() {
        above.addLast(Arrays.copyOf(cells, length));
        if (above.size() > rows) above.removeFirst();
        length = 0;
        column = 0;
    }

    void carriageReturn() {
        column = 0;
    }

    void backspace() {
        if (column > 0) column--;
    }

    void tab() {
        int stop = Math.min(columns, (column / TAB + 1) * TAB);
        for (; column < stop; column++) if (column >= length) set(column, ' ');
    }

    /** Moves within the line. */
    void moveTo(int target) {
        int stop = Math.max(0, Math.min(columns - 1, target));
        for (int cell = length; cell < stop; cell++) set(cell, ' ');
        column = stop;
    }

    void moveBy(int cells) {
        moveTo(column + cells);
    }

    void eraseToEnd() {
        length = Math.min(length, column);
    }

    void eraseToStart() {
        int end = Math.min(length, column + 1);
        for (int cell = 0; cell < end; cell++) cells[cell] = ' ';
    }

    void eraseLine() {
        length = 0;
        for (int cell = 0; cell < column && cell < columns; cell++) set(cell, ' ');
    }

    private void set(int cell, int codePoint) {
        cells[cell] = codePoint;
        if (cell >= length) length = cell + 1;
    }

    /** The rows without trailing blanks, and without the row after a last line feed as long as it is empty. */
    List<String> lines() {
        var lines = new ArrayList<String>(rows);
        for (int[] row : above) lines.add(text(row, row.length));
        if (length > 0) lines.add(text(cells, length));
        return List.copyOf(lines.subList(Math.max(0, lines.size() - rows), lines.size()));
    }

    private static String text(int[] cells, int length) {
        int end = length;
        while (end > 0 && cells[end - 1] == ' ') end--;
        return new String(cells, 0, end);
    }
}
