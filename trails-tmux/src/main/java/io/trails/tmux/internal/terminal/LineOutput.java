package io.trails.tmux.internal.terminal;

import io.trails.Capture;
import io.trails.Output;
import io.trails.tmux.internal.output.OutputLog;
import io.trails.tmux.internal.output.Slices;
import io.trails.tmux.internal.place.Watch;
import java.time.Duration;
import java.util.OptionalLong;

/** What a line printed, cut out of all that was printed, as plain text. Single-threaded. */
final class LineOutput {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final OutputLog log;
    private final LineFiles files;
    private final long before;

    /** From now on. */
    LineOutput(OutputLog log, LineFiles files) {
        this.log = log;
        this.files = files;
        this.before = log.total();
    }

    /** Everything between the marks, once the second one is there or time is over. */
    Output whole(Watch watch, Patience patience) {
        var search = new MarkSearch(log, before, files.endMark());
        while (true) {
            long seen = watch.ticks();
            OptionalLong end = search.find();
            if (end.isPresent() || patience.over()) return until(end.orElseGet(log::total));
            watch.await(seen, patience.leftAtMost(LOOK_AGAIN));
        }
    }

    /** Everything after the first mark so far. */
    Output soFar() {
        return until(log.total());
    }

    private Output until(long end) {
        byte[] mark = files.beginMark();
        OptionalLong begin = new MarkSearch(log, before, mark).find();
        // Of a line that printed more than is kept, the beginning is gone with its mark.
        long from = begin.isPresent() ? begin.getAsLong() + mark.length : Math.max(before, log.oldest());
        return from < end ? new Slices(log).text(from, end, Capture.DEFAULT.maxBytes()) : Output.empty();
    }
}
