package io.trails.tmux.internal.recording;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Output that lies in memory. */
final class Printed implements PrintedOutput {
    private final byte[] bytes;
    private final long oldest;
    private final int piece;

    private Printed(byte[] bytes, long oldest, int piece) {
        this.bytes = bytes;
        this.oldest = oldest;
        this.piece = piece;
    }

    static Printed of(String text) {
        return new Printed(text.getBytes(StandardCharsets.UTF_8), 0, Integer.MAX_VALUE);
    }

    static Printed of(byte[] bytes) {
        return new Printed(bytes, 0, Integer.MAX_VALUE);
    }

    Printed inPiecesOf(int size) {
        return new Printed(bytes, oldest, size);
    }

    Printed since(long position) {
        return new Printed(bytes, position, piece);
    }

    @Override
    public long oldest() {
        return oldest;
    }

    @Override
    public long end() {
        return bytes.length;
    }

    @Override
    public byte[] read(long position, int most) {
        if (position < oldest || position >= bytes.length) return new byte[0];
        long to = Math.min(bytes.length, position + Math.min(most, piece));
        return Arrays.copyOfRange(bytes, (int) position, (int) to);
    }
}
