package io.trails.tmux.internal.recording;

/** A sequence that began with ESC [. */
final class ControlSequence {
    private static final int LEFT_OUT = -1;
    private static final int UNREADABLE = -2;
    private static final int MOST_DIGITS = 9;

    /** The prefix or the intermediate character, 0 without. */
    private final int between;

    private final int[] numbers;
    private final int end;

    private ControlSequence(int between, int[] numbers, int end) {
        this.between = between;
        this.numbers = numbers;
        this.end = end;
    }

    static ControlSequence of(int between, String parameters, int end) {
        String[] parts = parameters.isEmpty() ? new String[0] : parameters.split(";", -1);
        int[] numbers = new int[parts.length];
        for (int i = 0; i < parts.length; i++) numbers[i] = number(parts[i]);
        return new ControlSequence(between, numbers, end);
    }

    private static int number(String text) {
        if (text.isEmpty()) return LEFT_OUT;
        if (text.length() > MOST_DIGITS || text.indexOf(':') >= 0) return UNREADABLE;
        return Integer.parseInt(text);
    }

    private int number(int index, int least, int otherwise) {
        int number = index < numbers.length ? numbers[index] : LEFT_OUT;
        if (number == UNREADABLE) return UNREADABLE;
        return number == LEFT_OUT ? otherwise : Math.max(least, number);
    }

    void apply(PaintedScreen screen) {
        if (between == '?') {
            if (end == 'h' || end == 'l') privateModes(screen, end == 'h');
            return;
        }
        if (between != 0) return;
        int count = number(0, 1, 1);
        if (count == UNREADABLE) return;
        switch (end) {
            case '@' -> screen.insertCells(count);
            case 'A' -> screen.up(count);
            case 'B' -> screen.down(count);
            case 'C' -> screen.right(count);
            case 'D' -> screen.left(count);
            case 'E' -> {
                screen.carriageReturn();
                screen.down(count);
            }
            case 'F' -> {
                screen.carriageReturn();
                screen.up(count);
            }
            case 'G', '`' -> screen.toColumn(count - 1);
            case 'H', 'f' -> position(screen, count);
            case 'J' -> eraseScreen(screen);
            case 'K' -> eraseLine(screen);
            case 'L' -> screen.insertLines(count);
            case 'M' -> screen.deleteLines(count);
            case 'P' -> screen.deleteCells(count);
            case 'S' -> screen.scrollUp(count);
            case 'T' -> screen.scrollDown(count);
            case 'X' -> screen.eraseCells(count);
            case 'Z' -> screen.backTab(count);
            case 'b' -> screen.repeat(count);
            case 'd' -> screen.toRow(count - 1);
            case 'g' -> clearTabs(screen);
            case 'h', 'l' -> modes(screen, end == 'h');
            case 'r' -> region(screen, count);
            case 's' -> screen.save();
            case 'u' -> screen.restore();
            default -> {}
        }
    }

    private void position(PaintedScreen screen, int line) {
        int column = number(1, 1, 1);
        if (column == UNREADABLE) return;
        screen.toRow(line - 1);
        screen.toColumn(column - 1);
    }

    private void region(PaintedScreen screen, int first) {
        int last = number(1, 1, Integer.MAX_VALUE);
        if (last != UNREADABLE) screen.region(first - 1, last - 1);
    }

    private void eraseScreen(PaintedScreen screen) {
        switch (number(0, 0, 0)) {
            case 0 -> screen.eraseBelow();
            case 1 -> screen.eraseAbove();
            case 2 -> screen.eraseAll();
            case 3 -> screen.eraseHistory();
            default -> {}
        }
    }

    private void eraseLine(PaintedScreen screen) {
        switch (number(0, 0, 0)) {
            case 0 -> screen.eraseRight();
            case 1 -> screen.eraseLeft();
            case 2 -> screen.eraseLine();
            default -> {}
        }
    }

    private void clearTabs(PaintedScreen screen) {
        switch (number(0, 0, 0)) {
            case 0 -> screen.clearTab();
            case 3 -> screen.clearTabs();
            default -> {}
        }
    }

    private void modes(PaintedScreen screen, boolean on) {
        for (int mode : numbers) if (mode == 4) screen.inserting(on);
    }

    private void privateModes(PaintedScreen screen, boolean on) {
        for (int mode : numbers) {
            switch (mode) {
                case 3 -> screen.clearFor132Columns();
                case 6 -> screen.origin(on);
                case 7 -> screen.wrapping(on);
                case 47, 1047 -> screen.alternate(on, false);
                case 1049 -> screen.alternate(on, true);
                default -> {}
            }
        }
    }
}
