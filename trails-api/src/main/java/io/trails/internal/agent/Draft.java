package io.trails.internal.agent;

import io.trails.Screen;
import io.trails.StyledScreen;
import io.trails.StyledScreen.Run;
import io.trails.TextStyle;
import java.util.Optional;

/**
 * Whether a text stands in the prompt of a screen, unsent. A program may show a hint in an empty prompt: it stands behind the
 * cursor, is a part of the pattern, or looks dim or coloured where the terminal tells looks.
 */
final class Draft {
    private final PromptRegion region;
    private final Screen screen;
    private final Optional<StyledScreen> styled;

    private Draft(PromptRegion region, Screen screen, Optional<StyledScreen> styled) {
        this.region = region;
        this.screen = screen;
        this.styled = styled;
    }

    static boolean isIn(PromptRegion region, Screen screen, Optional<StyledScreen> styled) {
        if (screen.cursor().isEmpty()) return false;
        return new Draft(region, screen, styled).isShown(screen.cursor().get());
    }

    private boolean isShown(Screen.Cursor cursor) {
        int prompt = region.promptRow(screen);
        if (prompt < 0) return followsPrompt(cursor);
        if (!inOneBlock(prompt, cursor.row())) {
            return isFramed(prompt) && counts(prompt, start(prompt, prompt), length(prompt), true);
        }
        for (int row = Math.min(prompt, cursor.row()); row < cursor.row(); row++) {
            if (counts(row, start(row, prompt), length(row), false)) return true;
        }
        int start = start(cursor.row(), prompt);
        int at = Math.max(start, Cells.index(line(cursor.row()), cursor.column()));
        if (counts(cursor.row(), start, at, false)) return true;
        // Behind the cursor stands a hint, or a text in which a person went back; only looks can tell.
        return styled.isPresent() && counts(cursor.row(), at, length(cursor.row()), true);
    }

    /** Whether a prompt ends amid the row of the cursor: a pattern may say that nothing stands behind it, and then finds none. */
    private boolean followsPrompt(Screen.Cursor cursor) {
        String line = line(cursor.row());
        int at = Cells.index(line, cursor.column());
        for (int end = 1; end < at; end++) {
            if (region.promptEnd(line.substring(0, end)) >= 0) return counts(cursor.row(), end, at, false);
        }
        return false;
    }

    /**
     * A program that frames its prompt may draw a cursor of its own and leave the real one anywhere. Without a frame, a prompt
     * that the cursor has left is history.
     */
    private boolean isFramed(int row) {
        String line = line(row);
        if (!line.isBlank() && PromptRegion.isBar(line.strip().charAt(0))) return true;
        int above = row - 1;
        while (above >= 0 && !PromptRegion.separates(line(above))) above--;
        int below = row + 1;
        while (below < screen.rows() && !isRule(below)) below++;
        return above >= 0 && isRule(above) && below < screen.rows();
    }

    private boolean isRule(int row) {
        return !line(row).isBlank() && PromptRegion.separates(line(row));
    }

    private boolean inOneBlock(int prompt, int cursor) {
        for (int row = Math.min(prompt, cursor); row <= Math.max(prompt, cursor); row++) {
            if (PromptRegion.separates(line(row))) return false;
        }
        return true;
    }

    private String line(int row) {
        return row < screen.lines().size() ? screen.lines().get(row) : "";
    }

    /** Without the right side of a box. */
    private int length(int row) {
        String line = line(row);
        int end = line.length();
        return end > 1 && PromptRegion.isBar(line.charAt(end - 1)) ? end - 1 : end;
    }

    private int start(int row, int prompt) {
        String line = line(row);
        if (row == prompt) return Math.max(0, region.promptEnd(line));
        int start = 0;
        while (start < line.length() && PromptRegion.isBlank(line.charAt(start))) start++;
        return start < line.length() && PromptRegion.isBar(line.charAt(start)) ? start + 1 : 0;
    }

    private boolean counts(int row, int from, int to, boolean onlyPlainColour) {
        if (styled.isEmpty()) return hasText(line(row), from, to);
        if (row >= styled.get().rows().size()) return false;
        int at = 0;
        for (Run run : styled.get().rows().get(row)) {
            int end = at + run.text().length();
            boolean own = !isHint(run.style(), onlyPlainColour);
            if (own && hasText(run.text(), Math.max(0, from - at), Math.min(end, to) - at)) return true;
            at = end;
        }
        return false;
    }

    private static boolean isHint(TextStyle style, boolean onlyPlainColour) {
        // A program's own cursor is one cell in reverse, on the hint too.
        return style.attributes().contains(TextStyle.Attribute.DIM)
                || style.attributes().contains(TextStyle.Attribute.REVERSE)
                || (onlyPlainColour && style.foreground().isPresent());
    }

    private static boolean hasText(String text, int from, int to) {
        for (int i = Math.max(0, from); i < Math.min(to, text.length()); i++) {
            if (!PromptRegion.isBlank(text.charAt(i))) return true;
        }
        return false;
    }
}
