package io.trails.dagger.internal.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How a program ended that says little and is soon done.
 *
 * @param exitCode of the program
 * @param output what it wrote, at most what a pipe holds
 * @param errors what it wrote, at most what a pipe holds
 */
record ShortRun(int exitCode, String output, String errors) {
    /**
     * Runs a program, and leaves nothing of it.
     *
     * @return empty if it did not end in time
     * @throws IOException if it cannot be started
     */
    static Optional<ShortRun> of(List<String> command, Map<String, String> environment, Duration deadline)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (InputStream output = process.getInputStream();
                InputStream errors = process.getErrorStream()) {
            process.getOutputStream().close();
            if (!process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS)) return Optional.empty();
            return Optional.of(new ShortRun(process.exitValue(), ready(output), ready(errors)));
        } finally {
            ProcessEnd.kill(process);
        }
    }

    /** What is there already: the end of the stream may be held by somebody who lives on. */
    private static String ready(InputStream stream) throws IOException {
        return new String(stream.readNBytes(stream.available()), StandardCharsets.UTF_8);
    }

    /** The last line of the errors. */
    String complaint() {
        String[] lines = errors.strip().split("\n", -1);
        return lines[lines.length - 1].strip();
    }
}
