package io.trails.tmux.internal.recording;

import java.io.IOException;

/** A tape without secrets. Immutable and thread-safe. */
final class RedactedTape implements Tape {
    private final Tape tape;
    private final Redaction redaction;
    private final CastHeader header;

    RedactedTape(Tape tape, Redaction redaction) {
        this.tape = tape;
        this.redaction = redaction;
        this.header = tape.header().withTexts(redaction::apply);
    }

    @Override
    public CastHeader header() {
        return header;
    }

    @Override
    public long omittedBytes() {
        return tape.omittedBytes();
    }

    @Override
    public long micros() {
        return tape.micros();
    }

    @Override
    public Events events() throws IOException {
        return new RedactedEvents(tape.events(), redaction);
    }
}
