package io.trails.tmux.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that runs the record script, and its input. */
final class Recorder implements AutoCloseable {
    private final Process process;

    Recorder(Path directory, long max, boolean timed, String... variant) throws IOException {
        this(List.of(), Path.of("/bin/sh"), directory, max, timed, variant);
    }

    Recorder(List<String> before, Path directory, long max, boolean timed, String... variant) throws IOException {
        this(before, Path.of("/bin/sh"), directory, max, timed, variant);
    }

    /** One that reads a pipe. */
    static Recorder reading(Path pipe, Path directory, long max) throws IOException {
        return new Recorder(
                List.of("/bin/sh", "-c", "pipe=$1; shift; exec \"$@\" <\"$pipe\"", "reading", pipe.toString()),
                directory,
                max,
                true);
    }

    Recorder(List<String> before, Path shell, Path directory, long max, boolean timed, String... variant)
            throws IOException {
        Path script = directory.resolveSibling("record");
        if (!Files.exists(script)) Files.writeString(script, RecordScript.TEXT);
        var command = new ArrayList<>(before);
        command.addAll(List.of(shell.toString(), script.toString(), directory.toString(), "" + max, timed ? "1" : "0"));
        command.addAll(List.of(variant));
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        process = builder.start();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    void write(byte[] bytes) throws IOException {
        input().write(bytes);
        input().flush();
    }

    Process process() {
        return process;
    }

    /** Ends its input and waits until it has written it. */
    void end() throws Exception {
        input().close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
