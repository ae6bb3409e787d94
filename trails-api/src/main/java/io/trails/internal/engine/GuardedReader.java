package io.trails.internal.engine;

import io.trails.OutputReader;
import java.time.Duration;
import java.util.Objects;

/** A provider's reader, of no use when its terminal is of none. What it has read is still told: a host may remember it. */
record GuardedReader(OutputReader reader, GuardedTerminal terminal) implements OutputReader {
    @Override
    public byte[] read(int most, Duration timeout) {
        if (most < 1) throw new IllegalArgumentException("At least one byte has to be asked for, not " + most);
        Objects.requireNonNull(timeout, "timeout");
        terminal.checkPresent();
        return terminal.waiting(() -> reader.read(most, timeout));
    }

    @Override
    public long position() {
        return reader.position();
    }

    @Override
    public long skipped() {
        return reader.skipped();
    }

    @Override
    public boolean ended() {
        terminal.checkPresent();
        return reader.ended();
    }

    @Override
    public void close() {
        reader.close();
    }
}
