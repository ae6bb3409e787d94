package io.trails;

import java.util.List;
import java.util.Objects;

/**
 * A screen with the looks of its text. Immutable.
 *
 * @param screen the same in plain text
 * @param rows for each row of the screen its runs from left to right, whose texts joined are the row
 */
public record StyledScreen(Screen screen, List<List<Run>> rows) {
    /** Checks and copies the components. */
    public StyledScreen {
        Objects.requireNonNull(screen, "screen");
        Objects.requireNonNull(rows, "rows");
        rows = rows.stream().map(List::copyOf).toList();
    }

    /**
     * Text of one look.
     *
     * @param text not empty
     * @param style how it looks
     */
    public record Run(String text, TextStyle style) {
        /** Checks the components. */
        public Run {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(style, "style");
            if (text.isEmpty()) throw new IllegalArgumentException("A run has text");
        }
    }
}
