package io.trails.tmux.internal.recording;

import io.trails.Screen;
import java.util.BitSet;
import java.util.Optional;

/**
 * What the control sequences of a terminal do to its screen. Follows tmux where terminals differ; colours are not kept.
 * Single-threaded.
 */
final class PaintedScreen {
    private static final int TAB = 8;
    private static final int LAST_ASCII = 0x7f;
    private static final String LINES = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";
    private static final int FIRST_LINE = '`';

    private Grid grid;
    private final BitSet tabs = new BitSet();
    private final boolean[] drawing = new boolean[2];
    private final boolean[] savedDrawing = new boolean[2];
    private Optional<Grid> normal = Optional.empty();
    private int charset;
    private int savedCharset;
    private int row;
    /** Up to the width itself, after the last cell was printed. */
    private int column;

    private int top;
    private int bottom;
    private boolean wrapping = true;
    private boolean inserting;
    private boolean origin;
    private int savedRow;
    private int savedColumn;
    private boolean savedOrigin;
    private int normalRow = -1;
    private int normalColumn;
    private int last = -1;

    PaintedScreen(int columns, int rows) {
        grid = new Grid(columns, rows, true);
        bottom = rows - 1;
        resetTabs();
    }

    private void resetTabs() {
        tabs.clear();
        for (int stop = TAB; stop < grid.columns(); stop += TAB) tabs.set(stop);
    }

    Screen screen() {
        var cursor = new Screen.Cursor(row, Math.min(column, grid.columns() - 1));
        return new Screen(grid.text(), grid.columns(), grid.height(), Optional.of(cursor), normal.isPresent());
    }

    // Printing

    void print(int codePoint) {
        int shown = codePoint;
        if (drawing[charset] && codePoint >= FIRST_LINE && codePoint < FIRST_LINE + LINES.length()) {
            shown = LINES.charAt(codePoint - FIRST_LINE);
        }
        int width = CellWidth.of(shown);
        if (width > 0 && !joined(shown)) put(shown, width);
        else if (width >= 0) combine(shown);
        last = shown;
    }

    private void put(int codePoint, int width) {
        int columns = grid.columns();
        if (!wrapping && width > 1 && (width > columns || (column != columns && column > columns - width))) return;
        if (inserting && column < columns) grid.row(row).insert(column, Math.min(width, columns - column));
        if (wrapping && column > columns - width) {
            grid.row(row).wrapped(true);
            lineFeed();
            column = 0;
        }
        if (column > columns - width) return;
        Row line = grid.row(row);
        uncover(line, width);
        line.put(column, codePoint);
        if (width > 1) line.put(column + 1, Row.COVERED);
        column = Math.min(column + width, wrapping ? columns : columns - 1);
    }

    /** Half a wide character is none. */
    private void uncover(Row line, int width) {
        int cell = column;
        if (line.cell(cell) == Row.COVERED) {
            while (cell > 0 && line.cell(cell) == Row.COVERED) line.put(cell--, Row.BLANK);
            line.put(cell, Row.BLANK);
        }
        for (cell = column + width; cell < grid.columns() && line.cell(cell) == Row.COVERED; cell++) {
            line.put(cell, Row.BLANK);
        }
    }

    private void combine(int codePoint) {
        int cell = before();
        if (cell >= 0) grid.row(row).mark(cell, codePoint);
    }

    private boolean joined(int codePoint) {
        if (codePoint <= LAST_ASCII) return false;
        int cell = before();
        return cell >= 0 && grid.row(row).joins(cell);
    }

    /** The cell of the character before the cursor, -1 for none. */
    private int before() {
        int cell = column - 1;
        while (cell > 0 && grid.row(row).cell(cell) == Row.COVERED) cell--;
        return cell;
    }

    /** Only a character that has just been printed can be repeated. */
    void repeatNothing() {
        last = -1;
    }

    void repeat(int count) {
        if (last < 0) return;
        for (int n = Math.min(count, grid.columns() - column); n > 0; n--) print(last);
    }

    // Moving

    void backspace() {
        if (column > 0) {
            column--;
        } else if (row > 0 && grid.row(row - 1).wrapped()) {
            row--;
            column = grid.columns() - 1;
        }
    }

    void tab() {
        int end = grid.columns() - 1;
        if (column >= end) return;
        int stop = tabs.nextSetBit(column + 1);
        column = stop < 0 ? end : Math.min(stop, end);
    }

    void backTab(int count) {
        column = Math.min(column, grid.columns() - 1);
        for (int n = Math.min(count, grid.columns()); n > 0 && column > 0; n--) {
            column = Math.max(0, tabs.previousSetBit(column - 1));
        }
    }

    void carriageReturn() {
        column = 0;
    }

    void lineFeed() {
        if (row == bottom) grid.scrollUp(top, bottom);
        else if (row < grid.height() - 1) row++;
    }

    void reverseLineFeed() {
        if (row == top) grid.insertLine(top, bottom);
        else if (row > 0) row--;
    }

    void up(int count) {
        row -= Math.min(count, row < top ? row : row - top);
        column = Math.min(column, grid.columns() - 1);
    }

    void down(int count) {
        row += Math.min(count, row > bottom ? grid.height() - 1 - row : bottom - row);
        column = Math.min(column, grid.columns() - 1);
    }

    void right(int count) {
        column = (int) Math.min(grid.columns() - 1L, (long) column + count);
    }

    void left(int count) {
        column -= Math.min(count, column);
    }

    void toColumn(int target) {
        column = Math.max(0, Math.min(target, grid.columns() - 1));
    }

    void toRow(int target) {
        int wanted = Math.max(0, target);
        if (origin) wanted = wanted > bottom - top ? bottom : wanted + top;
        row = Math.min(wanted, grid.height() - 1);
    }

    void save() {
        savedRow = row;
        savedColumn = column;
        savedOrigin = origin;
        savedCharset = charset;
        System.arraycopy(drawing, 0, savedDrawing, 0, drawing.length);
    }

    void restore() {
        row = Math.min(savedRow, grid.height() - 1);
        column = Math.min(savedColumn, grid.columns() - 1);
        origin = savedOrigin;
        charset = savedCharset;
        System.arraycopy(savedDrawing, 0, drawing, 0, drawing.length);
    }

    // Erasing and shifting

    void eraseBelow() {
        if (row == 0 && column == 0 && normal.isEmpty()) {
            grid.clearAway();
            return;
        }
        eraseRight();
        grid.clear(row + 1, grid.height());
    }

    void eraseAbove() {
        grid.clear(0, row);
        eraseLeft();
    }

    void eraseAll() {
        if (normal.isEmpty()) grid.clearAway();
        else grid.clear(0, grid.height());
    }

    void eraseHistory() {
        grid.forget();
    }

    void eraseRight() {
        if (column < grid.columns()) grid.row(row).clear(column, grid.columns());
    }

    void eraseLeft() {
        grid.row(row).clear(0, Math.min(column + 1, grid.columns()));
    }

    void eraseLine() {
        grid.row(row).clear(0, grid.columns());
    }

    void eraseCells(int count) {
        if (column < grid.columns()) grid.row(row).clear(column, column + Math.min(count, grid.columns() - column));
    }

    void insertCells(int count) {
        if (column < grid.columns()) grid.row(row).insert(column, Math.min(count, grid.columns() - column));
    }

    void deleteCells(int count) {
        if (column < grid.columns()) grid.row(row).delete(column, Math.min(count, grid.columns() - column));
    }

    void insertLines(int count) {
        int end = row < top || row > bottom ? grid.height() - 1 : bottom;
        for (int n = Math.min(count, end + 1 - row); n > 0; n--) grid.insertLine(row, end);
    }

    void deleteLines(int count) {
        int end = row < top || row > bottom ? grid.height() - 1 : bottom;
        for (int n = Math.min(count, end + 1 - row); n > 0; n--) grid.deleteLine(row, end);
    }

    void scrollUp(int count) {
        for (int n = Math.min(count, bottom - top + 1); n > 0; n--) grid.scrollUp(top, bottom);
    }

    void scrollDown(int count) {
        for (int n = Math.min(count, bottom - top + 1); n > 0; n--) grid.insertLine(top, bottom);
    }

    // Modes

    void region(int first, int end) {
        int from = Math.min(first, grid.height() - 1);
        int to = Math.min(end, grid.height() - 1);
        if (from >= to) return;
        row = 0;
        column = 0;
        top = from;
        bottom = to;
    }

    void wrapping(boolean on) {
        wrapping = on;
    }

    void inserting(boolean on) {
        inserting = on;
    }

    void origin(boolean on) {
        origin = on;
        toColumn(0);
        toRow(0);
    }

    void setTab() {
        if (column < grid.columns()) tabs.set(column);
    }

    void clearTab() {
        if (column < grid.columns()) tabs.clear(column);
    }

    void clearTabs() {
        tabs.clear();
    }

    void charset(int which) {
        charset = which;
    }

    void drawing(int which, boolean lines) {
        drawing[which] = lines;
    }

    void clearFor132Columns() {
        row = 0;
        column = 0;
        eraseAll();
    }

    void alternate(boolean on, boolean withCursor) {
        if (on) enterAlternate(withCursor);
        else leaveAlternate(withCursor);
    }

    private void enterAlternate(boolean withCursor) {
        if (normal.isPresent()) return;
        normal = Optional.of(grid);
        if (withCursor) {
            normalRow = row;
            normalColumn = column;
        }
        grid = new Grid(grid.columns(), grid.height(), false);
    }

    private void leaveAlternate(boolean withCursor) {
        int columns = grid.columns();
        int height = grid.height();
        if (normal.isPresent()) {
            grid = normal.get();
            normal = Optional.empty();
        }
        if (withCursor && normalRow >= 0) {
            row = normalRow;
            column = normalColumn;
        }
        row = Math.min(row, grid.height() - 1);
        column = Math.min(column, grid.columns() - 1);
        resize(columns, height);
    }

    void fillWithE() {
        for (int line = 0; line < grid.height(); line++) {
            for (int cell = 0; cell < grid.columns(); cell++) grid.row(line).put(cell, 'E');
        }
        row = 0;
        column = 0;
        top = 0;
        bottom = grid.height() - 1;
    }

    void reset() {
        resetTabs();
        top = 0;
        bottom = grid.height() - 1;
        wrapping = true;
        inserting = false;
        origin = false;
        charset = 0;
        drawing[0] = false;
        drawing[1] = false;
        last = -1;
        eraseAll();
        row = 0;
        column = 0;
        save();
    }

    /** The alternate screen is left as it is, for its program draws it anew; the normal one is laid out anew. */
    void resize(int columns, int rows) {
        if (columns == grid.columns() && rows == grid.height()) return;
        boolean otherWidth = columns != grid.columns();
        if (rows != grid.height()) {
            row = Math.max(0, row + grid.resizeHeight(rows, row));
            top = 0;
            bottom = rows - 1;
        }
        if (otherWidth && normal.isPresent()) grid.resizeWidth(columns);
        else if (otherWidth) reflow(columns);
        if (otherWidth) resetTabs();
        row = Math.min(row, rows - 1);
        column = Math.min(column, columns);
    }

    private void reflow(int columns) {
        var anew = new Reflow(grid.all(), columns, grid.above() + row, column);
        int above = Math.max(0, anew.rows().size() - grid.height());
        grid.replace(columns, anew.rows());
        boolean gone = anew.row() < above;
        row = gone ? 0 : anew.row() - above;
        column = gone ? 0 : anew.column();
    }
}
