package io.trails.tmux.internal.output;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes plain text of what a program prints in a terminal, in pieces of any size: without control sequences, with lines as
 * they were last rewritten, and with U+FFFD for malformed UTF-8. Takes a time in proportion to what it is fed. Single-threaded.
 */
public final class TerminalText {
    private static final int ESC = 0x1b;
    private static final int BEL = 0x07;
    private static final int CAN = 0x18;
    private static final int SUB = 0x1a;
    private static final int DEL = 0x7f;

    /** A longer sequence than this is none, as for tmux: one stray byte must not hide output for ever. */
    private static final int LONGEST = 1 << 20;

    private static final int NO_NUMBER = -1;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final CharBuffer chars = CharBuffer.allocate(4096);
    private final TextLine line = new TextLine();
    private final StringBuilder done = new StringBuilder();
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
        FINAL,
        /** Parameters of a control sequence. */
        PARAMETERS,
        /** A string that ends with ST, or BEL. */
        STRING
    }

    /** All of it at once. */
    public static String of(byte[] bytes) {
        var text = new TerminalText();
        text.feed(bytes, 0, bytes.length);
        return text.finish();
    }

    public void feed(byte[] bytes, int offset, int length) {
        ByteBuffer input = ByteBuffer.allocate(rest.remaining() + length);
        input.put(rest).put(bytes, offset, length).flip();
        decode(input, false);
        rest = ByteBuffer.allocate(input.remaining()).put(input).flip();
    }

    private void decode(ByteBuffer input, boolean end) {
        boolean more = true;
        while (more) {
            more = decoder.decode(input, chars, end).isOverflow();
            chars.flip();
            while (chars.hasRemaining()) character(chars.get());
            chars.clear();
        }
    }

    /** Takes the text that will not change any more. */
    public String take() {
        String text = done.toString();
        done.setLength(0);
        return text;
    }

    /** Takes all text there is, as nothing will be fed any more. */
    public String finish() {
        decode(rest, true);
        line.emptyInto(done);
        return take();
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
        if (state == State.TEXT) {
            text(c);
        } else if (c == ESC) {
            enter(State.ESCAPE);
        } else if (c == CAN || c == SUB || ++seen > LONGEST) {
            state = State.TEXT;
        } else if (state == State.STRING) {
            if (c == BEL) state = State.TEXT;
        } else if (c < 0x20) {
            text(c);
        } else {
            sequence(c);
        }
    }

    private void text(int c) {
        switch (c) {
            case '\n' -> {
                line.emptyInto(done);
                done.append('\n');
            }
            case '\r' -> line.carriageReturn();
            case '\b' -> line.moveBy(-1);
            case ESC -> enter(State.ESCAPE);
            default -> {
                if (c == '\t' || !Character.isISOControl(c)) line.print(c, done);
            }
        }
    }

    private void enter(State next) {
        state = next;
        seen = 0;
        number = NO_NUMBER;
        simple = true;
    }

    private void sequence(int c) {
        if (c == DEL) return;
        if (c > DEL) {
            state = State.TEXT;
            text(c);
            return;
        }
        switch (state) {
            case ESCAPE -> escape(c);
            case PARAMETERS -> parameters(c);
            default -> {
                if (c >= 0x30) state = State.TEXT;
            }
        }
    }

    private void escape(int c) {
        switch (c) {
            case '[' -> enter(State.PARAMETERS);
            case ']', 'P', 'X', '^', '_', 'k' -> enter(State.STRING);
            default -> state = c < 0x30 ? State.FINAL : State.TEXT;
        }
    }

    private void parameters(int c) {
        if (c >= '0' && c <= '9') {
            number = Math.min(100_000, Math.max(0, number) * 10 + (c - '0'));
        } else if (c < 0x40) {
            simple = false;
        } else {
            state = State.TEXT;
            if (simple) control(c);
        }
    }

    private void control(int c) {
        int count = Math.max(1, number);
        switch (c) {
            case 'C' -> line.moveBy(count);
            case 'D' -> line.moveBy(-count);
            case 'G' -> line.moveTo(count - 1);
            case 'K' -> line.erase(Math.max(0, number));
            default -> {}
        }
    }
}
