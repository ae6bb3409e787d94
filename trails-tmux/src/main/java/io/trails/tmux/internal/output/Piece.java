package io.trails.tmux.internal.output;

/**
 * A part of what a program printed. The bytes are not copied: whoever has the piece must not change them.
 *
 * @param position where it begins, which is after the position asked for where that is not kept any more
 * @param bytes the part; none where nothing more was printed
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares pieces.
public record Piece(long position, byte[] bytes) {
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The position after it. */
    public long end() {
        return position + bytes.length;
    }
}
