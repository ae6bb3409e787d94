package io.trails.tck;

import io.trails.OutputReader;
import java.time.Duration;

/** Does what a correct reader does; a saboteur overrides one thing. */
class BrokenReader implements OutputReader {
    final OutputReader correct;

    BrokenReader(OutputReader correct) {
        this.correct = correct;
    }

    @Override
    public byte[] read(int most, Duration timeout) {
        return correct.read(most, timeout);
    }

    @Override
    public long position() {
        return correct.position();
    }

    @Override
    public long skipped() {
        return correct.skipped();
    }

    @Override
    public boolean ended() {
        return correct.ended();
    }

    @Override
    public void close() {
        correct.close();
    }
}
