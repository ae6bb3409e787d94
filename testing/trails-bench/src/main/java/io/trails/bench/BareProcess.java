package io.trails.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What a careful programmer writes without trails: a process whose two pipes are drained and thrown away. */
final class BareProcess {
    /** As much as a pipe holds on Linux, so that the baseline is not slowed down by reading in small steps. */
    private static final int BUFFER = 1 << 16;

    private BareProcess() {}

    /** How many bytes the program wrote to its standard output. */
    static long run(Path directory, String... argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv).directory(directory.toFile()).start();
        process.getOutputStream().close();
        var errors = new Thread(() -> drain(process.getErrorStream()), "bench-drain");
        errors.setDaemon(true);
        errors.start();
        long written = drain(process.getInputStream());
        errors.join();
        int exit = process.waitFor();
        if (exit != 0) throw new IllegalStateException(argv[0] + " exited with " + exit);
        return written;
    }

    private static long drain(InputStream pipe) {
        try (pipe) {
            var buffer = new byte[BUFFER];
            long total = 0;
            for (int read; (read = pipe.read(buffer)) >= 0; ) total += read;
            return total;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
