package io.trails.tmux.internal.recording;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a file, each of which fits into memory. Single-threaded. */
final class CastLines implements Closeable {
    private static final int LONGEST = 32 << 20;
    private static final int BUFFER = 64 << 10;

    /**
     * A line.
     *
     * @param text without the line feed
     * @param number counted from 1
     * @param whole whether a line feed ended it
     */
    record Line(String text, long number, boolean whole) {
        boolean comment() {
            return text.startsWith("#");
        }

        boolean blank() {
            return text.isBlank();
        }
    }

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private long number;
    private long left;

    CastLines(InputStream in, long most) {
        this.in = in;
        this.left = most;
    }

    Optional<Line> next() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            if (from == to && !fill()) {
                return line.size() == 0 ? Optional.empty() : Optional.of(line(line, false));
            }
            int end = from;
            while (end < to && buffer[end] != '\n') end++;
            if (line.size() + end - from > LONGEST) throw new IOException("Line " + (number + 1) + " is too long");
            line.write(buffer, from, end - from);
            from = end;
            if (end == to) continue;
            from++;
            return Optional.of(line(line, true));
        }
    }

    private Line line(ByteArrayOutputStream bytes, boolean whole) {
        number++;
        return new Line(bytes.toString(StandardCharsets.UTF_8), number, whole);
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        from = 0;
        to = Math.max(0, read);
        left -= to;
        return to > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
