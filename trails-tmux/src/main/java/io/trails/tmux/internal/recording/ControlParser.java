package io.trails.tmux.internal.recording;

/**
 * Tells text from control sequences, however they are cut into pieces. Keeps nothing but the numbers of the sequence it is
 * in, so that no output makes it grow. Single-threaded.
 */
final class ControlParser {
    private static final int ESC = 0x1b;
    private static final int MOST_PARAMETER_CHARACTERS = 63;

    private enum State {
        TEXT,
        ESCAPE,
        ESCAPE_MORE,
        CSI,
        CSI_IGNORED,
        /** A title and the like, up to a BEL or the next ESC. */
        STRING,
        /** A device control string, in which only an ESC \ counts. */
        DEVICE,
        DEVICE_ESCAPE
    }

    private final PaintedScreen screen;
    private final StringBuilder parameters = new StringBuilder();
    private State state = State.TEXT;
    private int between;
    private boolean belEnds;
    private char high;

    ControlParser(PaintedScreen screen) {
        this.screen = screen;
    }

    void write(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)) {
                high = c;
                continue;
            }
            take(Character.isLowSurrogate(c) && high != 0 ? Character.toCodePoint(high, c) : c);
            high = 0;
        }
    }

    private void take(int c) {
        switch (state) {
            case TEXT -> text(c);
            case DEVICE -> state = c == ESC ? State.DEVICE_ESCAPE : State.DEVICE;
            case DEVICE_ESCAPE -> state = c == '\\' ? State.TEXT : c == ESC ? State.DEVICE_ESCAPE : State.DEVICE;
            default -> inSequence(c);
        }
    }

    private void text(int c) {
        if (c < ' ') control(c);
        else if (c < 0x7f || c > 0x9f) {
            if (!Character.isBmpCodePoint(c) || !Character.isSurrogate((char) c)) screen.print(c);
        }
    }

    private void control(int c) {
        if (c != ESC) screen.repeatNothing();
        switch (c) {
            case '\b' -> screen.backspace();
            case '\t' -> screen.tab();
            case '\n', 0x0b, '\f' -> screen.lineFeed();
            case '\r' -> screen.carriageReturn();
            case 0x0e -> screen.charset(1);
            case 0x0f -> screen.charset(0);
            case ESC -> begin(State.ESCAPE);
            default -> {}
        }
    }

    private void begin(State next) {
        state = next;
        between = 0;
        parameters.setLength(0);
    }

    private void inSequence(int c) {
        if (c == ESC) begin(State.ESCAPE);
        else if (c == 0x18 || c == 0x1a) state = State.TEXT;
        else if (state == State.STRING) {
            if (c == 0x07 && belEnds) state = State.TEXT;
        } else if (c < ' ') control(c);
        else if (c < 0x7f) {
            switch (state) {
                case ESCAPE, ESCAPE_MORE -> escape(c);
                case CSI -> csi(c);
                default -> state = c >= '@' ? State.TEXT : state;
            }
        }
    }

    private void escape(int c) {
        if (c < '0') {
            between = between == 0 ? c : 0xff;
            state = State.ESCAPE_MORE;
            return;
        }
        state = State.TEXT;
        if (c != '[') screen.repeatNothing();
        if (between != 0) {
            escapeMore(c);
            return;
        }
        switch (c) {
            case '[' -> begin(State.CSI);
            case ']', '_', 'k', 'X', '^' -> {
                belEnds = c == ']';
                begin(State.STRING);
            }
            case 'P' -> begin(State.DEVICE);
            case '7' -> screen.save();
            case '8' -> screen.restore();
            case 'D' -> screen.lineFeed();
            case 'E' -> {
                screen.carriageReturn();
                screen.lineFeed();
            }
            case 'H' -> screen.setTab();
            case 'M' -> screen.reverseLineFeed();
            case 'c' -> screen.reset();
            default -> {}
        }
    }

    private void escapeMore(int c) {
        if (between == '(' && (c == '0' || c == 'B')) screen.drawing(0, c == '0');
        else if (between == ')' && (c == '0' || c == 'B')) screen.drawing(1, c == '0');
        else if (between == '#' && c == '8') screen.fillWithE();
    }

    private void csi(int c) {
        if (c < '0') {
            between = between == 0 ? c : 0xff;
        } else if (c >= '<' && c <= '?') {
            if (parameters.length() > 0 || between != 0) state = State.CSI_IGNORED;
            else between = c;
        } else if (c < '<') {
            parameters.append((char) c);
            if (parameters.length() > MOST_PARAMETER_CHARACTERS) state = State.CSI_IGNORED;
        } else {
            state = State.TEXT;
            ControlSequence.of(between, parameters.toString(), c).apply(screen);
            screen.repeatNothing();
        }
    }
}
