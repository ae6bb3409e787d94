package io.trails;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a terminal shows at one moment. Immutable.
 *
 * @param lines the rows from top to bottom, without trailing blanks
 * @param columns the width in cells
 * @param rows the height in cells
 * @param cursor where the cursor is, if the terminal knows
 * @param alternate whether a full-screen program has switched to the alternate screen
 */
public record Screen(List<String> lines, int columns, int rows, Optional<Cursor> cursor, boolean alternate) {
    /** Checks and copies the components. */
    public Screen {
        Objects.requireNonNull(lines, "lines");
        lines = List.copyOf(lines);
        Objects.requireNonNull(cursor, "cursor");
        if (columns < 1 || rows < 1) throw new IllegalArgumentException("No screen is " + columns + " x " + rows);
    }

    /**
     * A cell.
     *
     * @param row counted from 0 at the top
     * @param column counted from 0 at the left
     */
    public record Cursor(int row, int column) {}

    /**
     * The rows joined by line feeds.
     *
     * @return the text
     */
    public String text() {
        return String.join("\n", lines);
    }

    /**
     * Whether any row contains the text.
     *
     * @param text without line feeds
     * @return true if so
     */
    public boolean contains(String text) {
        Objects.requireNonNull(text, "text");
        for (String line : lines) if (line.contains(text)) return true;
        return false;
    }
}
