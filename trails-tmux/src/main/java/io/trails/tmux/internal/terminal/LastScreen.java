package io.trails.tmux.internal.terminal;

import io.trails.Screen;
import io.trails.StyledScreen;
import io.trails.StyledScreen.Run;
import io.trails.TextStyle;
import io.trails.tmux.internal.output.OutputLog;
import io.trails.tmux.internal.output.Piece;
import io.trails.tmux.internal.recording.ScreenPainter;
import java.util.List;

/** What a terminal showed last, drawn from what it printed: for when tmux holds it no longer. Without colours. Thread-safe. */
final class LastScreen {
    /** Enough for any screen to be drawn several times over. */
    private static final long WINDOW = 1 << 20;

    private static final int CHUNK = 64 * 1024;
    private static final int MOST_ROWS = 1_000;

    private final OutputLog log;
    private final int columns;
    private final int rows;

    LastScreen(OutputLog log, int columns, int rows) {
        this.log = log;
        this.columns = columns;
        this.rows = rows;
    }

    StyledScreen paint() {
        Screen screen = paint(rows);
        List<List<Run>> runs = screen.lines().stream()
                .map(line -> line.isEmpty() ? List.<Run>of() : List.of(new Run(line, TextStyle.PLAIN)))
                .toList();
        return new StyledScreen(screen, runs);
    }

    /** On a screen so high that nothing scrolls away. */
    List<String> history(int most) {
        List<String> lines = paint(Math.max(rows, Math.min(most, MOST_ROWS))).lines();
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isEmpty()) end--;
        return List.copyOf(lines.subList(Math.max(0, end - most), end));
    }

    private Screen paint(int height) {
        var painter = new ScreenPainter(columns, height);
        long position = Math.max(log.oldest(), log.total() - WINDOW);
        for (Piece piece = log.read(position, CHUNK); !piece.isEmpty(); piece = log.read(piece.end(), CHUNK)) {
            painter.write(piece.bytes(), 0, piece.bytes().length);
        }
        return painter.screen();
    }
}
