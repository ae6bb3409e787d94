package io.trails.tmux.internal.recording;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The tape in a file of asciicast v2 or v3. The file is read anew for everything that is asked, up to the length it had first.
 * Immutable and thread-safe.
 */
public final class CastTape implements Tape {
    private final Path file;
    private final long size;
    private final HeaderLine header;
    private final long micros;

    private CastTape(Path file, long size, HeaderLine header, long micros) {
        this.file = file;
        this.size = size;
        this.header = header;
        this.micros = micros;
    }

    /**
     * Reads a whole file once.
     *
     * @throws TrailsException {@code recording.unreadable} if it is no such file
     */
    public static CastTape read(Path file) {
        try {
            if (!Files.isRegularFile(file)) throw new IOException("There is no such file");
            long size = Files.size(file);
            HeaderLine header = header(file, size);
            long last = 0;
            try (Events events = new CastTape(file, size, header, 0).events()) {
                for (var next = events.next(); next.isPresent(); next = events.next())
                    last = next.get().micros();
            }
            return new CastTape(file, size, header, last);
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
    }

    private static HeaderLine header(Path file, long size) throws IOException {
        try (CastLines lines = new CastLines(Files.newInputStream(file), size)) {
            CastLines.Line first = lines.next().orElseThrow(() -> new IOException("It is empty"));
            return HeaderLine.of(CastJson.read(first.text()));
        }
    }

    private static TrailsException unreadable(Path file, IOException failed) {
        return new TrailsException(
                "recording.unreadable",
                "'" + file + "' is not a recording in asciicast v2 or v3: " + failed.getMessage(),
                failed);
    }

    @Override
    public CastHeader header() {
        return header.header();
    }

    @Override
    public long omittedBytes() {
        return 0;
    }

    @Override
    public long micros() {
        return micros;
    }

    @Override
    public Events events() throws IOException {
        var lines = new CastLines(Files.newInputStream(file), size);
        try {
            lines.next();
            return new CastFileEvents(lines, header.relative());
        } catch (IOException | RuntimeException failed) {
            lines.close();
            throw failed;
        }
    }
}
