package io.trails.tmux.internal.terminal;

import io.trails.Capture;
import io.trails.Output;
import io.trails.tmux.internal.output.OutputLog;
import io.trails.tmux.internal.output.Piece;
import io.trails.tmux.internal.place.Watch;
import java.time.Duration;

/** What a line printed, cut out of all that was printed, as plain text. Single-threaded. */
final class LineOutput {
    private static final int CHUNK = 64 * 1024;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final OutputLog log;
    private long position;
    private final MarkScan scan;

    LineOutput(OutputLog log, LineFiles files) {
        this.log = log;
        this.position = log.total();
        this.scan = new MarkScan(files.beginMark(), files.endMark(), Capture.DEFAULT.maxBytes());
    }

    /** Everything between the marks, once the second one is there or time is over. */
    Output whole(Watch watch, Patience patience) {
        while (true) {
            long seen = watch.ticks();
            advance();
            if (scan.ended() || patience.over()) return scan.output();
            watch.await(seen, patience.leftAtMost(LOOK_AGAIN));
        }
    }

    /** Everything after the first mark so far. */
    Output soFar() {
        advance();
        return scan.output();
    }

    private void advance() {
        while (!scan.ended()) {
            Piece piece = log.read(position, CHUNK);
            if (piece.isEmpty()) return;
            scan.feed(piece.bytes());
            position = piece.position() + piece.bytes().length;
        }
    }
}
