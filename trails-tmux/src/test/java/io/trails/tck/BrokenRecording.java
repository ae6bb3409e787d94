package io.trails.tck;

import io.trails.Playback;
import io.trails.Recording;
import io.trails.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;

/** Does what a correct recording does; a saboteur overrides one thing. */
class BrokenRecording implements Recording {
    final Recording correct;

    BrokenRecording(Recording correct) {
        this.correct = correct;
    }

    /** What is written instead. */
    String written(String lines) {
        return lines;
    }

    @Override
    public Duration length() {
        return correct.length();
    }

    @Override
    public long omittedBytes() {
        return correct.omittedBytes();
    }

    @Override
    public Recording redacted(Collection<String> secrets) {
        return correct.redacted(secrets);
    }

    @Override
    public void write(Format format, OutputStream to) throws IOException {
        var lines = new ByteArrayOutputStream();
        correct.write(format, lines);
        to.write(written(lines.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Screen replay(Duration moment) {
        return correct.replay(moment);
    }

    @Override
    public void replay(OutputStream to, Playback playback) throws IOException {
        correct.replay(to, playback);
    }
}
