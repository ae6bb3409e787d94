package io.trails.tmux.internal.line;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts bytes at line feeds, and only there, and decodes the lines as UTF-8, whatever they hold. Single-threaded. */
final class Lines {
    private static final int MOST_BYTES = 64 << 20;

    private final Consumer<String> sink;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    Lines(Consumer<String> sink) {
        this.sink = sink;
    }

    /** @throws LineLostException if a line does not end */
    void feed(byte[] bytes, int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] != '\n') continue;
            sink.accept(cut(bytes, start, i - start));
            start = i + 1;
        }
        begun.write(bytes, start, length - start);
        if (begun.size() > MOST_BYTES) throw new LineLostException("tmux sent a line that does not end");
    }

    private String cut(byte[] bytes, int start, int length) {
        if (begun.size() == 0) return new String(bytes, start, length, StandardCharsets.UTF_8);
        begun.write(bytes, start, length);
        String line = begun.toString(StandardCharsets.UTF_8);
        begun.reset();
        return line;
    }
}
