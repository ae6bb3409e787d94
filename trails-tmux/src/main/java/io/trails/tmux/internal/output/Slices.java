package io.trails.tmux.internal.output;

import io.trails.Output;

/** Parts of a log as the output of a command. Thread-safe. */
public final class Slices {
    private static final int PIECE = 1 << 16;

    /** Of more, the middle is not even looked at, as no output of a command keeps it. */
    private static final int LONGEST_PART = 1 << 22;

    private final OutputLog log;

    public Slices(OutputLog log) {
        this.log = log;
    }

    /**
     * The plain text a program printed between two positions. Where it is too long, or not kept any more, its begin or middle
     * is missing, which the output says.
     *
     * @param most how many bytes of it are returned at most
     */
    public Output text(long from, long to, int most) {
        var kept = new BoundedText(most);
        if (to - from <= 2L * LONGEST_PART) {
            add(kept, from, to);
        } else {
            add(kept, from, from + LONGEST_PART);
            kept.addLost(to - from - 2L * LONGEST_PART);
            add(kept, to - LONGEST_PART, to);
        }
        return kept.output();
    }

    private void add(BoundedText kept, long from, long to) {
        var text = new TerminalText();
        long position = from;
        while (position < to) {
            Piece piece = log.read(position, (int) Math.min(PIECE, to - position));
            long begin = Math.min(piece.position(), to);
            kept.addLost(begin - position);
            if (piece.isEmpty() || begin == to) {
                kept.addLost(to - begin);
                break;
            }
            int length = (int) Math.min(piece.bytes().length, to - begin);
            text.feed(piece.bytes(), 0, length);
            kept.add(text.take());
            position = begin + length;
        }
        kept.add(text.finish());
    }
}
