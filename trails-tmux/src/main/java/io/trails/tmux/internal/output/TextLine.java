package io.trails.tmux.internal.output;

import java.util.Arrays;

/** The line a program prints to, and may still rewrite. Every code point counts as one cell. Single-threaded. */
final class TextLine {
    /** What is further to the left is not rewritten any more, which bounds what a rewrite costs. */
    private static final int WIDTH = 4096;

    /** How far right of what was printed the cursor goes: a few bytes must not become a long line. */
    private static final int MARGIN = 256;

    private int[] cells = new int[256];
    private int length;
    private int column;

    /**
     * Puts a code point where the cursor is.
     *
     * @param settled takes what got too long to be rewritten
     */
    void print(int codePoint, StringBuilder settled) {
        if (column == WIDTH) emptyInto(settled);
        if (column >= cells.length)
            cells = Arrays.copyOf(cells, Math.min(WIDTH, Math.max(column + 1, cells.length * 2)));
        if (column > length) Arrays.fill(cells, length, column, ' ');
        cells[column++] = codePoint;
        length = Math.max(length, column);
    }

    void carriageReturn() {
        column = 0;
    }

    void moveBy(int cellCount) {
        moveTo(column + cellCount);
    }

    void moveTo(int target) {
        column = Math.max(0, Math.min(target, Math.min(WIDTH - 1, Math.max(length, column) + MARGIN)));
    }

    /** What of the line: 0 from the cursor on, 1 up to it, 2 all. */
    void erase(int what) {
        switch (what) {
            case 0 -> length = Math.min(length, column);
            case 1 -> Arrays.fill(cells, 0, Math.min(length, column + 1), ' ');
            case 2 -> length = 0;
            default -> {}
        }
    }

    /** Empties the line into a text. */
    void emptyInto(StringBuilder text) {
        for (int cell = 0; cell < length; cell++) text.appendCodePoint(cells[cell]);
        length = 0;
        column = 0;
    }
}
