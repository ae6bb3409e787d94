package io.trails.tmux.internal.terminal;

import io.trails.tmux.internal.output.OutputLog;
import io.trails.tmux.internal.output.Piece;
import io.trails.tmux.internal.recording.PrintedOutput;

/** The log of a terminal as a recording reads it. */
record Printed(OutputLog log) implements PrintedOutput {
    @Override
    public long oldest() {
        return log.oldest();
    }

    @Override
    public long end() {
        return log.total();
    }

    @Override
    public byte[] read(long position, int most) {
        Piece piece = log.read(position, most);
        return piece.position() == position ? piece.bytes() : new byte[0];
    }
}
