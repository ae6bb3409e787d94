package io.trails.tmux.internal.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The script that keeps what a program prints: {@code sh record <directory> <max bytes> <timed 0|1>} appends its standard
 * input to segment files in the directory, which {@link OutputLog} reads. It needs no host.
 */
public final class RecordScript {
    /** What it is called in the directory of the server. */
    public static final String NAME = "record";

    /** The script, of ASCII characters only, as it is to be installed. */
    public static final String TEXT = load();

    private RecordScript() {}

    private static String load() {
        try (InputStream script = RecordScript.class.getResourceAsStream("record.sh")) {
            if (script == null) throw new IllegalStateException("record.sh is missing in trails-tmux");
            return new String(script.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
