package io.trails.tmux.internal.recording;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row of cells. Single-threaded. */
final class Row {
    /** What a blank cell holds. */
    static final int BLANK = ' ';

    /** What a cell holds that is covered by the wide character before it. */
    static final int COVERED = 0;

    private static final char JOINER = '\u200d';
    private static final int LONGEST_CLUSTER = 16;

    /** As wide as the row ever was: on the alternate screen tmux shows again what was cut off. */
    private int[] cells;

    private int columns;
    private @Nullable String @Nullable [] marks;
    private int used;
    private boolean wrapped;

    Row(int columns) {
        this.columns = columns;
        cells = new int[columns];
        Arrays.fill(cells, BLANK);
    }

    int cell(int column) {
        return cells[column];
    }

    /** The cells up to the last that was written. */
    int used() {
        return used;
    }

    /** Whether the line goes on in the next row. */
    boolean wrapped() {
        return wrapped;
    }

    void wrapped(boolean goesOn) {
        wrapped = goesOn;
    }

    void put(int column, int codePoint) {
        cells[column] = codePoint;
        if (marks != null) marks[column] = null;
        if (column >= used) used = column + 1;
    }

    /** Adds a character without a width to the one in a cell. */
    void mark(int column, int codePoint) {
        if (marks == null) marks = new String[cells.length];
        String before = marks[column] == null ? "" : marks[column];
        if (before.length() < LONGEST_CLUSTER) marks[column] = before + Character.toString(codePoint);
    }

    /** Whether a zero-width joiner waits in a cell for what comes next. */
    boolean joins(int column) {
        String mark = marks == null ? null : marks[column];
        return mark != null && mark.charAt(mark.length() - 1) == JOINER;
    }

    void clear(int from, int to) {
        if (from >= to) return;
        Arrays.fill(cells, from, to, BLANK);
        if (marks != null) Arrays.fill(marks, from, to, null);
        if (to >= used) used = Math.min(used, from);
    }

    void clear() {
        Arrays.fill(cells, BLANK);
        marks = null;
        used = 0;
        wrapped = false;
    }

    void insert(int column, int count) {
        int moved = columns - column - count;
        System.arraycopy(cells, column, cells, column + count, moved);
        if (marks != null) System.arraycopy(marks, column, marks, column + count, moved);
        if (used > column) used = Math.max(used, Math.min(columns, used + count));
        int before = used;
        clear(column, column + count);
        used = before;
    }

    void delete(int column, int count) {
        int moved = columns - column - count;
        System.arraycopy(cells, column + count, cells, column, moved);
        if (marks != null) System.arraycopy(marks, column + count, marks, column, moved);
        if (used > column && used <= columns) used = Math.max(column, used - count);
        int before = used;
        clear(columns - count, columns);
        used = before;
    }

    /** Copies a cell of another row. */
    void copy(int column, Row from, int fromColumn) {
        put(column, from.cells[fromColumn]);
        String mark = from.marks == null ? null : from.marks[fromColumn];
        if (mark == null) return;
        if (marks == null) marks = new String[cells.length];
        marks[column] = mark;
    }

    void resize(int width) {
        columns = width;
        int before = cells.length;
        if (width <= before) return;
        cells = Arrays.copyOf(cells, width);
        Arrays.fill(cells, before, width, BLANK);
        if (marks != null) marks = Arrays.copyOf(marks, width);
    }

    /** The text without trailing blanks. */
    String text() {
        int end = Math.min(used, columns);
        var text = new StringBuilder(end);
        for (int column = 0; column < end; column++) {
            if (cells[column] != COVERED) text.appendCodePoint(cells[column]);
            if (marks != null && marks[column] != null) text.append(marks[column]);
        }
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == BLANK) length--;
        return text.substring(0, length);
    }
}
