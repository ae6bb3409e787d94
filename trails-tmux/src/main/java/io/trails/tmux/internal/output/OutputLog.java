package io.trails.tmux.internal.output;

import io.trails.tmux.internal.place.Place;
import java.util.OptionalLong;

/**
 * What a program printed, as the {@link RecordScript} keeps it in the terminal's directory, while that appends to it and
 * deletes the oldest. Positions count from 0 at the start of the program. Thread-safe.
 */
public final class OutputLog {
    /** Whoever falls behind for ever while it looks gives up. */
    private static final int MOST_LOOKS = 100;

    private static final int MOST_BYTES = 1 << 20;

    private static final String WRITER = "output.writer";
    private static final String END = "output.end";
    private static final byte[] NOTHING = {};

    private final Place place;
    private final String directory;
    private volatile Segments known = Segments.NONE;

    public OutputLog(Place place, String directory) {
        this.place = place;
        this.directory = directory;
    }

    /** How much was printed so far. */
    public long total() {
        for (int look = 0; look < MOST_LOOKS; look++) {
            OptionalLong last = look().last();
            if (last.isEmpty()) return 0;
            OptionalLong size = place.size(file(last.getAsLong()));
            if (size.isPresent()) return last.getAsLong() + size.getAsLong();
        }
        return 0;
    }

    /** The position of the oldest byte that is kept. */
    public long oldest() {
        return look().first().orElse(0);
    }

    /** Whether there is or was a writer. */
    public boolean begun() {
        return place.size(directory + "/" + WRITER).isPresent() || ended();
    }

    /** Whether the writer has written all there was, and no other has begun since. */
    public boolean ended() {
        return place.size(directory + "/" + END).isPresent();
    }

    /**
     * Reads what was printed from a position on, or from the next that is kept.
     *
     * @param most how many bytes at most; it may be fewer though there are more
     */
    public Piece read(long position, int most) {
        Piece cheap = readIn(known, position, most);
        if (!cheap.isEmpty()) return cheap;
        long from = position;
        long confirmed = -1;
        for (int look = 0; look < MOST_LOOKS; look++) {
            // In this order: a segment that has a next one when it is looked for is not written to any more when it is
            // read.
            Segments segments = look();
            Piece piece = readIn(segments, from, most);
            if (!piece.isEmpty()) return piece;
            OptionalLong next = segments.after(from);
            OptionalLong here = segments.holding(from);
            if (next.isPresent()) {
                // Twice, as a directory that changes while it is listed may show a newer file and not one before it.
                if (next.getAsLong() == confirmed) from = confirmed;
                confirmed = next.getAsLong();
            } else if (here.isEmpty() || place.size(file(here.getAsLong())).isPresent()) {
                return new Piece(from, NOTHING);
            }
        }
        return new Piece(from, NOTHING);
    }

    private Piece readIn(Segments segments, long position, int most) {
        OptionalLong start = segments.holding(position);
        if (start.isEmpty()) return new Piece(position, NOTHING);
        long from = start.getAsLong();
        return new Piece(position, place.read(file(from), position - from, Math.min(most, MOST_BYTES)));
    }

    private Segments look() {
        Segments found = Segments.in(place.list(directory));
        known = found;
        return found;
    }

    private String file(long start) {
        return directory + "/" + Segments.name(start);
    }
}
