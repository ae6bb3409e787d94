package io.trails.tmux.internal.recording;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The rows of a screen, and some that went out at its top and come back when it grows. Single-threaded. */
final class Grid {
    private static final int HISTORY_CELLS = 1 << 18;
    private static final int HISTORY_ROWS = 1_000;

    private final boolean keeping;
    private final ArrayDeque<Row> history = new ArrayDeque<>();
    private final List<Row> rows = new ArrayList<>();
    private int columns;

    /** How many of the rows above come back; those that were cleared away do not. */
    private int scrolled;

    Grid(int columns, int height, boolean keeping) {
        this.columns = columns;
        this.keeping = keeping;
        for (int row = 0; row < height; row++) rows.add(new Row(columns));
    }

    Row row(int row) {
        return rows.get(row);
    }

    int columns() {
        return columns;
    }

    int height() {
        return rows.size();
    }

    /** The rows that went out at the top and are kept. */
    int above() {
        return history.size();
    }

    void clear(int from, int to) {
        for (int row = from; row < to; row++) rows.get(row).clear();
    }

    /** Moves what is on the screen out at its top. */
    void clearAway() {
        int last = height() - 1;
        while (last >= 0 && rows.get(last).used() == 0) last--;
        for (int row = 0; row <= last; row++) scrollUp(0, height() - 1);
        clear(0, height());
        scrolled = 0;
    }

    /** Moves rows up by one; the first goes out at the top even when others above it stay. */
    void scrollUp(int top, int bottom) {
        Row out = rows.remove(top);
        Row in = keeping ? keep(out) : out;
        in.clear();
        rows.add(bottom, in);
    }

    /** Moves rows up by one; the first is gone. */
    void deleteLine(int top, int bottom) {
        Row out = rows.remove(top);
        out.clear();
        rows.add(bottom, out);
    }

    /** Moves rows down by one; the last is gone. */
    void insertLine(int top, int bottom) {
        Row out = rows.remove(bottom);
        out.clear();
        rows.add(top, out);
    }

    /** Keeps a row, and returns one to use again. */
    private Row keep(Row row) {
        history.addLast(row);
        scrolled++;
        if (history.size() <= Math.min(HISTORY_ROWS, HISTORY_CELLS / columns)) return new Row(columns);
        Row oldest = history.removeFirst();
        scrolled = Math.min(scrolled, history.size());
        oldest.resize(columns);
        return oldest;
    }

    void forget() {
        history.clear();
        scrolled = 0;
    }

    /**
     * Changes the height as tmux does: empty rows below the cursor go first, then rows at the top; and rows come back from
     * there before empty ones are added.
     *
     * @return by how much the cursor moves down, negative for up
     */
    int resizeHeight(int height, int cursor) {
        int moved = 0;
        int below = Math.min(height() - 1 - cursor, height() - height);
        for (int n = 0; n < below; n++) rows.remove(height() - 1);
        for (; height() > height; moved--) {
            Row out = rows.remove(0);
            if (keeping) keep(out);
        }
        for (; keeping && height() < height && scrolled > 0; moved++) {
            scrolled--;
            Row back = history.removeLast();
            back.resize(columns);
            rows.add(0, back);
        }
        while (height() < height) rows.add(new Row(columns));
        return moved;
    }

    /** Changes the width without moving anything. */
    void resizeWidth(int width) {
        columns = width;
        for (Row row : rows) row.resize(width);
    }

    /** Takes other rows, of which the last are on the screen. */
    void replace(int width, List<Row> others) {
        int height = height();
        int before = scrolled;
        columns = width;
        rows.clear();
        history.clear();
        int first = others.size() - height;
        for (int n = 0; n < others.size(); n++) {
            if (n >= first) rows.add(others.get(n));
            else keep(others.get(n));
        }
        while (height() < height) rows.add(new Row(width));
        scrolled = Math.min(before, history.size());
    }

    /** Every row that is kept, from the oldest. */
    List<Row> all() {
        var all = new ArrayList<Row>(history.size() + rows.size());
        all.addAll(history);
        all.addAll(rows);
        return all;
    }

    List<String> text() {
        return rows.stream().map(Row::text).toList();
    }
}
