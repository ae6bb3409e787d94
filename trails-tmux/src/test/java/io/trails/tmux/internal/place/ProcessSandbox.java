package io.trails.tmux.internal.place;

import io.trails.Capture;
import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Input;
import io.trails.Output;
import io.trails.Signal;
import io.trails.TrailsInterruptedException;
import io.trails.Usage;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Plain children of the JVM with an empty environment: a sandbox that does not say it shares files. */
final class ProcessSandbox implements Sandbox {
    private final Set<SandboxCapability> capabilities;

    ProcessSandbox(Set<SandboxCapability> capabilities) {
        this.capabilities = capabilities;
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return capabilities;
    }

    private static Process process(Command command) {
        var builder = new ProcessBuilder(command.argv());
        builder.environment().clear();
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ExecResult exec(Command command) {
        if (Thread.currentThread().isInterrupted()) {
            throw new TrailsInterruptedException("running a command", new InterruptedException());
        }
        Process process = process(command);
        Executor ownThread = task -> new Thread(task, "output").start();
        CompletableFuture<byte[]> stderr =
                CompletableFuture.supplyAsync(() -> all(process.getErrorStream()), ownThread);
        CompletableFuture<byte[]> stdout =
                CompletableFuture.supplyAsync(() -> all(process.getInputStream()), ownThread);
        try {
            try (OutputStream stdin = process.getOutputStream()) {
                if (command.stdin() instanceof Input.Bytes bytes) stdin.write(bytes.bytes());
            } catch (IOException notRead) {
                // It ended without reading.
            }
            if (!process.waitFor(command.timeout().orElseThrow().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Too slow: " + command);
            }
            return new ExecResult(
                    ExecResult.Status.EXITED,
                    process.exitValue(),
                    cut(stdout.join(), command.capture()),
                    Output.of(stderr.join()),
                    Duration.ZERO,
                    Optional.empty());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new TrailsInterruptedException("running a command", e);
        }
    }

    private static Output cut(byte[] bytes, Capture capture) {
        return Output.of(
                Arrays.copyOf(bytes, Math.min(bytes.length, capture.maxBytes())),
                new byte[0],
                bytes.length,
                Optional.empty());
    }

    private static byte[] all(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Execution start(Command command) {
        Process process = process(command);
        return new Execution() {
            @Override
            public OutputStream stdin() {
                return process.getOutputStream();
            }

            @Override
            public InputStream stdout() {
                return process.getInputStream();
            }

            @Override
            public InputStream stderr() {
                return process.getErrorStream();
            }

            @Override
            public CompletableFuture<ExecResult> onExit() {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean isAlive() {
                return process.isAlive();
            }

            @Override
            public OptionalLong pid() {
                return OptionalLong.of(process.pid());
            }

            @Override
            public void signal(Signal signal) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        };
    }

    @Override
    public Usage usage() {
        return new Usage(Duration.ZERO, 0, 0, 0, List.of());
    }

    @Override
    public void stop() {}

    @Override
    public void close() {}
}
