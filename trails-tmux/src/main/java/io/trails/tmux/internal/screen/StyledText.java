package io.trails.tmux.internal.screen;

import io.trails.StyledScreen.Run;
import io.trails.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Reads the rows that {@code capture-pane -e} prints. What it does not know it leaves out. Single-threaded. */
final class StyledText {
    private static final char ESCAPE = '\u001b';
    private static final int TAB = 8;

    private final int columns;
    private final Sgr sgr = new Sgr();
    private boolean drawing;
    private List<Run> row = new ArrayList<>();
    private StringBuilder text = new StringBuilder();
    private int column;

    private StyledText(int columns) {
        this.columns = columns;
    }

    /** One look may go on over several lines. */
    static List<List<Run>> rows(List<String> lines, int columns) {
        var reader = new StyledText(columns);
        var rows = new ArrayList<List<Run>>();
        for (String line : lines) rows.add(reader.read(line));
        return rows;
    }

    static String plain(List<Run> row) {
        var text = new StringBuilder();
        for (Run run : row) text.append(run.text());
        return text.toString();
    }

    private List<Run> read(String line) {
        row = new ArrayList<>();
        text = new StringBuilder();
        column = 0;
        for (int i = 0; i < line.length(); ) {
            if (line.charAt(i) == ESCAPE) {
                i = sequence(line, i + 1);
                continue;
            }
            int character = line.codePointAt(i);
            i += Character.charCount(character);
            add(character);
        }
        endRun(sgr.style());
        return trimmed(row);
    }

    private void add(int character) {
        if (character == '\t') {
            // Since 3.6 a tabulator comes as it was printed instead of as the cells that it covers.
            int to = Math.max(column + 1, Math.min(columns, (column / TAB + 1) * TAB));
            for (; column < to; column++) text.append(' ');
        } else if (character == '\u000e' || character == '\u000f') {
            drawing = character == '\u000e';
        } else if (!Character.isISOControl(character)) {
            text.appendCodePoint(drawing ? LineDrawing.of(character) : character);
            column += Math.max(0, WCWidth.wcwidth(character));
        }
    }

    /** Returns the index behind the sequence whose escape character stands before that index. */
    private int sequence(String line, int from) {
        if (from >= line.length()) return from;
        return switch (line.charAt(from)) {
            case '[' -> control(line, from + 1);
            case ']', 'P', 'X', '^', '_' -> string(line, from + 1);
            default -> Math.min(line.length(), from + Character.charCount(line.codePointAt(from)));
        };
    }

    private int control(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) >= ' ' && line.charAt(at) < '@') at++;
        if (at >= line.length()) return at;
        if (line.charAt(at) == 'm') {
            TextStyle before = sgr.style();
            sgr.apply(line.substring(from, at));
            if (!sgr.style().equals(before)) endRun(before);
        }
        return line.charAt(at) >= '@' && line.charAt(at) <= '~' ? at + 1 : at;
    }

    private static int string(String line, int from) {
        for (int i = from; i < line.length(); i++) {
            if (line.charAt(i) == '\u0007') return i + 1;
            if (line.charAt(i) == ESCAPE) return Math.min(line.length(), i + 2);
        }
        return line.length();
    }

    private void endRun(TextStyle style) {
        if (text.isEmpty()) return;
        row.add(new Run(text.toString(), style));
        text = new StringBuilder();
    }

    private static List<Run> trimmed(List<Run> row) {
        for (int last = row.size() - 1; last >= 0; last--) {
            Run run = row.get(last);
            String kept = run.text().stripTrailing();
            if (kept.isEmpty()) continue;
            var runs = new ArrayList<>(row.subList(0, last));
            runs.add(new Run(kept, run.style()));
            return runs;
        }
        return List.of();
    }
}
