package io.trails.internal.terminal;

import io.trails.TerminalCapability;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A program that was a child of a host which is gone: only its output is left. */
record EndedProgram(Ending ending) implements Program {
    @Override
    public Set<TerminalCapability> capabilities() {
        return Set.of(TerminalCapability.STREAM);
    }

    @Override
    public boolean sharesFiles() {
        return false;
    }

    @Override
    public void write(byte[] bytes, Duration patience) {
        throw new IllegalStateException("Nobody writes to a program that has ended");
    }

    @Override
    public Optional<InputGauge.Reading> gauge() {
        return Optional.empty();
    }

    @Override
    public void interrupt() {
        throw new IllegalStateException("Nobody interrupts a program that has ended");
    }

    @Override
    public void trimOutput() {}

    @Override
    public void detach() {}
}
