package io.trails.tmux.internal.recording;

import io.trails.tmux.internal.recording.CastEvent.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Events without secrets. What may be the beginning of a secret is held back and comes with the next event of its kind, and
 * at the end before the exit. Single-threaded.
 */
final class RedactedEvents implements Events {
    private final Events events;
    private final Redaction redaction;
    private final RedactedText output;
    private final RedactedText input;
    private final ArrayDeque<CastEvent> ready = new ArrayDeque<>();
    private long last;
    private boolean ended;

    RedactedEvents(Events events, Redaction redaction) {
        this.events = events;
        this.redaction = redaction;
        this.output = new RedactedText(redaction);
        this.input = new RedactedText(redaction);
    }

    @Override
    public Optional<CastEvent> next() throws IOException {
        while (ready.isEmpty() && !ended) {
            Optional<CastEvent> next = events.next();
            if (next.isPresent()) take(next.get());
            else end();
        }
        return Optional.ofNullable(ready.poll());
    }

    private void take(CastEvent event) {
        last = event.micros();
        switch (event.kind()) {
            case OUTPUT -> ready(Kind.OUTPUT, output.next(event.data()));
            case INPUT -> ready(Kind.INPUT, input.next(event.data()));
            case MARKER -> ready.add(new CastEvent(last, Kind.MARKER, redaction.apply(event.data())));
            case RESIZE -> ready.add(event);
            case EXIT -> {
                flush();
                ready.add(event);
            }
        }
    }

    private void end() {
        ended = true;
        flush();
    }

    private void flush() {
        ready(Kind.OUTPUT, output.end());
        ready(Kind.INPUT, input.end());
    }

    private void ready(Kind kind, String text) {
        if (!text.isEmpty()) ready.add(new CastEvent(last, kind, text));
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
