package io.trails.tmux.internal.terminal;

import io.trails.Recording;
import io.trails.TrailsException;
import io.trails.tmux.internal.output.OutputLog;
import io.trails.tmux.internal.recording.CastEvent;
import io.trails.tmux.internal.recording.CastHeader;
import io.trails.tmux.internal.recording.OutputTape;
import io.trails.tmux.internal.recording.Stamp;
import io.trails.tmux.internal.recording.TapeRecording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The recording of a pane, put together from its files. */
final class PaneTape {
    private final PanePlan plan;
    private final PaneFiles files;
    private final OutputLog log;

    PaneTape(PanePlan plan, PaneFiles files, OutputLog log) {
        this.plan = plan;
        this.files = files;
        this.log = log;
    }

    Recording recording() {
        List<PaneEvents.Event> events = new PaneEvents(files).read();
        try {
            return new TapeRecording(
                    new OutputTape(header(events), new Printed(log), new Timings(files), others(events)));
        } catch (IOException e) {
            throw new TrailsException(
                    "terminal.unreadable", "The recording of terminal '" + plan.label() + "' cannot be read: " + e, e);
        }
    }

    private CastHeader header(List<PaneEvents.Event> events) {
        for (PaneEvents.Event event : events) {
            if (event.kind() != PaneEvents.START) continue;
            return CastHeader.of(plan.columns(), plan.rows(), event.micros())
                    .withTitle(plan.label())
                    .withCommand(List.of(PaneEvents.text(event).split("\0", -1)));
        }
        // Its first line was lost with a full disk, say.
        Iterator<Stamp> stamps = new Timings(files).iterator();
        long start = stamps.hasNext() ? stamps.next().micros() : 0;
        return CastHeader.of(plan.columns(), plan.rows(), start).withTitle(plan.label());
    }

    private List<CastEvent> others(List<PaneEvents.Event> events) {
        var others = new ArrayList<CastEvent>();
        long last = 0;
        for (PaneEvents.Event event : events) {
            last = Math.max(last, event.micros());
            switch (event.kind()) {
                case PaneEvents.INPUT -> others.add(CastEvent.input(event.micros(), PaneEvents.text(event)));
                case PaneEvents.SIZE -> size(event).ifPresent(others::add);
                default -> {}
            }
        }
        OptionalInt code = files.number(files.status());
        if (code.isPresent()) {
            for (Stamp stamp : new Timings(files)) last = Math.max(last, stamp.micros());
            others.add(CastEvent.exit(last, code.getAsInt()));
        }
        return others;
    }

    private static Optional<CastEvent> size(PaneEvents.Event event) {
        if (!event.data().matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) return Optional.empty();
        int cross = event.data().indexOf('x');
        return Optional.of(CastEvent.resize(
                event.micros(),
                Integer.parseInt(event.data().substring(0, cross)),
                Integer.parseInt(event.data().substring(cross + 1))));
    }
}
