package io.trails.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A hundred million bytes of text in lines. */
final class OutputFile {
    static final int BYTES = 100_000_000;
    private static final int WIDTH = 80;

    private OutputFile() {}

    /** Made once per run. */
    static Path of(Stage stage) throws IOException {
        Path file = stage.scratch().root().resolve("output");
        if (Files.exists(file)) return file;
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int line = 0; line < BYTES / WIDTH; line++) {
                String number = Integer.toString(line);
                writer.write(number);
                writer.write(" ".repeat(8 - number.length()));
                writer.write(
                        "what an agent prints while it builds and tests, line by line for an hour\n", 0, WIDTH - 9);
                writer.write('\n');
            }
        }
        return file;
    }
}
