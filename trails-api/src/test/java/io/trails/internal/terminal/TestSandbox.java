package io.trails.internal.terminal;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Input;
import io.trails.Output;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.Usage;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs commands as plain children of the JVM, with the capabilities a test asks for. */
public class TestSandbox implements Sandbox {
    private final Path directory;
    private final Set<SandboxCapability> capabilities;

    public TestSandbox(Path directory) {
        this(directory, EnumSet.complementOf(EnumSet.of(SandboxCapability.MARKS)));
    }

    TestSandbox(Path directory, Set<SandboxCapability> capabilities) {
        this.directory = directory;
        this.capabilities = capabilities;
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return capabilities;
    }

    @Override
    public ExecResult exec(Command command) {
        long began = System.nanoTime();
        Path out = null;
        Path err = null;
        try {
            // Files, since a pipe would stay open for as long as what was left in the background.
            out = Files.createTempFile("exec", ".out");
            err = Files.createTempFile("exec", ".err");
            ProcessBuilder builder =
                    builder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            Process process = start(builder);
            try (var stdin = process.getOutputStream()) {
                if (command.stdin() instanceof Input.Bytes bytes) stdin.write(bytes.bytes());
            }
            boolean ended = waitFor(process, command.timeout().orElse(Duration.ofDays(1)));
            if (!ended) process.destroyForcibly().waitFor();
            return new ExecResult(
                    ended ? ExecResult.Status.EXITED : ExecResult.Status.TIMED_OUT,
                    ended ? process.exitValue() : -1,
                    Output.of(Files.readAllBytes(out)),
                    Output.of(Files.readAllBytes(err)),
                    Duration.ofNanos(System.nanoTime() - began),
                    Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("running a command", e);
        } finally {
            delete(out);
            delete(err);
        }
    }

    private static boolean waitFor(Process process, Duration timeout) throws InterruptedException {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Execution start(Command command) {
        if (!capabilities.contains(SandboxCapability.STREAMS)) {
            throw new TrailsException("sandbox.unsupported", "No streams");
        }
        return new TestExecution(start(builder(command)));
    }

    private ProcessBuilder builder(Command command) {
        var builder = new ProcessBuilder(command.argv());
        builder.directory(
                command.directory().map(directory::resolve).orElse(directory).toFile());
        builder.environment().putAll(command.environment());
        return builder;
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new TrailsException("exec.not-started", "Cannot be started: " + e.getMessage(), e);
        }
    }

    @Override
    public Usage usage() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
