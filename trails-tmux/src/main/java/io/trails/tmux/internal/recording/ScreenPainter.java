package io.trails.tmux.internal.recording;

import io.trails.Screen;
import io.trails.tmux.internal.recording.CastEvent.Kind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Draws what a terminal printed, as tmux would show it: a terminal emulator without colours. No bytes make it throw or grow.
 * It starts on a blank screen, so output whose beginning is lost may look wrong until its program draws everything anew.
 *
 * <p>Known to differ from tmux: it shows U+FFFD for what is not UTF-8, which tmux before 3.6 leaves out; repeats characters
 * beyond ASCII, which tmux 3.3 does not; clears the cells or lines when as many are inserted as fit; shows lines that are
 * drawn with another character set as such, where tmux tells the letters; and of more than 1000 rows that scrolled away none
 * comes back when the screen grows. Widths are those of single characters, as in tmux before 3.5. Single-threaded.
 */
public final class ScreenPainter {
    private static final int MOST_COLUMNS = 4096;
    private static final int MOST_ROWS = 1024;
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5})x([1-9][0-9]{0,5})");

    private final TextDecoder decoder = new TextDecoder();
    private final PaintedScreen screen;
    private final ControlParser parser;

    /** A blank screen; a size beyond 4096 x 1024 is cut to that. */
    public ScreenPainter(int columns, int rows) {
        if (columns < 1 || rows < 1) throw new IllegalArgumentException("No screen is " + columns + " x " + rows);
        screen = new PaintedScreen(Math.min(columns, MOST_COLUMNS), Math.min(rows, MOST_ROWS));
        parser = new ControlParser(screen);
    }

    /** Draws bytes, in pieces of any size. */
    public void write(byte[] bytes, int offset, int length) {
        parser.write(decoder.decode(bytes, offset, length));
    }

    /** Draws text, in pieces of any size. */
    public void write(CharSequence text) {
        parser.write(text);
    }

    /** Changes the size. */
    public void resize(int columns, int rows) {
        if (columns < 1 || rows < 1) throw new IllegalArgumentException("No screen is " + columns + " x " + rows);
        screen.resize(Math.min(columns, MOST_COLUMNS), Math.min(rows, MOST_ROWS));
    }

    /** The screen as it is now. */
    public Screen screen() {
        return screen.screen();
    }

    void show(CastEvent event) {
        if (event.kind() == Kind.OUTPUT) write(event.data());
        if (event.kind() == Kind.RESIZE) size(event.data()).ifPresent(size -> resize(size[0], size[1]));
    }

    /** Columns and rows. */
    static Optional<int[]> size(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) return Optional.empty();
        return Optional.of(new int[] {Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))});
    }
}
