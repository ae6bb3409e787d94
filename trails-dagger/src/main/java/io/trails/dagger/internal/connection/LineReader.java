package io.trails.dagger.internal.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads lines of which no one knows how long they are. */
final class LineReader {
    private static final int LENGTH = 2_000;

    private LineReader() {}

    /** Reads to the end, however much there is, and hands over each line, cut where it is too long. */
    static void each(InputStream stream, Consumer<String> lines) throws IOException {
        Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8);
        var line = new StringBuilder();
        var buffer = new char[8192];
        for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
            for (int at = 0; at < read; at++) {
                if (buffer[at] == '\n') {
                    lines.accept(line.toString());
                    line.setLength(0);
                } else if (line.length() < LENGTH) {
                    line.append(buffer[at]);
                }
            }
        }
        if (line.length() > 0) lines.accept(line.toString());
    }
}
