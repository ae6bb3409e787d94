package io.trails.internal.terminal;

import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Output;
import io.trails.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A child of the JVM. */
record TestExecution(Process process) implements Execution {
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
        return process.onExit()
                .thenApply(ended -> new ExecResult(
                        ExecResult.Status.EXITED,
                        ended.exitValue(),
                        Output.empty(),
                        Output.empty(),
                        Duration.ZERO,
                        Optional.empty()));
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
        if (signal != Signal.INTERRUPT) throw new UnsupportedOperationException(signal.toString());
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
