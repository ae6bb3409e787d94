package io.trails.internal.terminal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Takes bytes as a program prints them, in pieces of any size, and puts the text on a {@link TextScreen} without the
 * control sequences. Malformed UTF-8 becomes U+FFFD. Single-threaded.
 */
final class ControlFilter {
    private static final int ESC = 0x1b;
    private static final int CSI = 0x9b;
    private static final int OSC = 0x9d;
    private static final int DCS = 0x90;
    private static final int SOS = 0x98;
    private static final int PM = 0x9e;
    private static final int APC = 0x9f;
    private static final int ST = 0x9c;

    /** A longer sequence than this is none: what follows is text again, so that one stray byte hides no output for ever. */
    private static final int LONGEST = 4096;

    private static final int NO_NUMBER = -1;

    private final TextScreen screen;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final CharBuffer chars = CharBuffer.allocate(4096);
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private State state = State.TEXT;
    private int seen;
    private int number = NO_NUMBER;
    private boolean simple;
    private char high;

    private enum State {
        TEXT,
        /** After ESC. */
        ESCAPE,
        /** After ESC and intermediate bytes: one final byte follows. */
        CHARSET,
        /** Parameters of a control sequence. */
        PARAMETERS,
        /** A string that ends with ST, or BEL. */
        STRING,
        /** A string after ESC, which a backslash would end. */
        STRING_ESCAPE
    }

    ControlFilter(TextScreen screen) {
        this.screen = screen;
    }

    void feed(byte[] bytes, int offset, int length) {
        ByteBuffer input = ByteBuffer.allocate(rest.remaining() + length);
        input.put(rest).put(bytes, offset, length).flip();
        boolean more = true;
        while (more) {
            more = decoder.decode(input, chars, false).isOverflow();
            chars.flip();
            while (chars.hasRemaining()) character(chars.get());
            chars.clear();
        }
        rest = ByteBuffer.allocate(input.remaining()).put(input).flip();
    }

    private void character(char c) {
        if (Character.isHighSurrogate(c)) {
            high = c;
        } else if (Character.isLowSurrogate(c)) {
            codePoint(Character.toCodePoint(high, c));
        } else {
            codePoint(c);
        }
    }

    private void codePoint(int c) {
        if (state != State.TEXT && ++seen > LONGEST) state = State.TEXT;
        switch (state) {
            case TEXT -> text(c);
            case ESCAPE -> escape(c);
            case CHARSET -> charset(c);
            case PARAMETERS -> parameters(c);
            case STRING -> string(c);
            case STRING_ESCAPE -> stringEscape(c);
        }
    }

    private void text(int c) {
        switch (c) {
            case '\n' -> screen.lineFeed();
            case '\r' -> screen.carriageReturn();
            case '\b' -> screen.backspace();
            case '\t' -> screen.tab();
            case ESC -> enter(State.ESCAPE);
            case CSI -> enter(State.PARAMETERS);
            case OSC, DCS, SOS, PM, APC -> enter(State.STRING);
            default -> {
                if (!Character.isISOControl(c)) screen.print(c);
            }
        }
    }

    private void enter(State next) {
        state = next;
        seen = 0;
        number = NO_NUMBER;
        simple = true;
    }

    private void escape(int c) {
        switch (c) {
            case '[' -> enter(State.PARAMETERS);
            case ']', 'P', 'X', '^', '_' -> enter(State.STRING);
            case ESC -> enter(State.ESCAPE);
            default -> charset(c);
        }
    }

    private void charset(int c) {
        if (c >= 0x20 && c <= 0x2f) {
            state = State.CHARSET;
        } else if (c >= 0x30 && c <= 0x7e) {
            state = State.TEXT;
        } else {
            state = State.TEXT;
            text(c);
        }
    }

    private void parameters(int c) {
        if (c >= '0' && c <= '9') {
            number = Math.min(100_000, Math.max(0, number) * 10 + (c - '0'));
        } else if (c >= 0x20 && c <= 0x3f) {
            simple = false;
        } else if (c >= 0x40 && c <= 0x7e) {
            state = State.TEXT;
            if (simple) control(c);
        } else {
            state = State.TEXT;
            text(c);
        }
    }

    private void control(int c) {
        int count = Math.max(1, number);
        switch (c) {
            case 'C' -> screen.moveBy(count);
            case 'D' -> screen.moveBy(-count);
            case 'G' -> screen.moveTo(count - 1);
            case 'K' -> erase(number);
            default -> {}
        }
    }

    private void erase(int what) {
        switch (what) {
            case NO_NUMBER, 0 -> screen.eraseToEnd();
            case 1 -> screen.eraseToStart();
            case 2 -> screen.eraseLine();
            default -> {}
        }
    }

    private void string(int c) {
        if (c == 0x07 || c == ST) {
            state = State.TEXT;
        } else if (c == ESC) {
            state = State.STRING_ESCAPE;
        }
    }

    private void stringEscape(int c) {
        state = State.TEXT;
        if (c != '\\') escape(c);
    }
}
