package io.trails.internal.host;

import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Signal;
import io.trails.TrailsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/** A running command whose streams belong to the caller. */
final class HostExecution implements Execution {
    private final RunningCommand command;
    private final Process process;
    private final OutputStream stdin;
    private final CompletableFuture<ExecResult> exit = new CompletableFuture<>();

    HostExecution(RunningCommand command, boolean hasInput) {
        this.command = command;
        this.process = command.process();
        this.stdin = hasInput ? closedStream() : process.getOutputStream();
    }

    private static OutputStream closedStream() {
        OutputStream closed = OutputStream.nullOutputStream();
        try {
            closed.close();
        } catch (IOException e) {
            throw new AssertionError("A stream to nowhere cannot fail", e);
        }
        return closed;
    }

    /** Waits for the end and tells whoever waits for it. Runs on a thread of its own. */
    void awaitEnd(Function<RunningCommand, ExecResult> result) {
        try {
            command.await();
            exit.complete(result.apply(command));
        } catch (InterruptedException e) {
            // Nobody interrupts this thread on purpose; whoever waits must not wait for ever.
            command.end(Ending.cancelled("exec.cancelled", "The thread that watched the command was interrupted"));
            exit.completeExceptionally(e);
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            exit.completeExceptionally(e);
        }
    }

    @Override
    public OutputStream stdin() {
        return stdin;
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
        return exit.copy();
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(process.pid());
    }

    @Override
    public void signal(Signal signal) {
        Objects.requireNonNull(signal, "signal");
        if (!process.isAlive()) return;
        switch (signal) {
            case KILL -> process.toHandle().destroyForcibly();
            case TERMINATE -> terminate();
            case INTERRUPT -> send("INT");
            case HANGUP -> send("HUP");
        }
    }

    private void terminate() {
        if (!process.supportsNormalTermination())
            throw new TrailsException("exec.signal-unsupported", unsupported("TERM"));
        process.toHandle().destroy();
    }

    private void send(String name) {
        try {
            KillCommand.send(name, List.of(process.pid()));
        } catch (IOException e) {
            throw new TrailsException("exec.signal-unsupported", unsupported(name), e);
        }
    }

    private static String unsupported(String name) {
        return "This system cannot send " + name + "; use Signal.KILL or close()";
    }

    @Override
    public void close() {
        command.end(Ending.cancelled("exec.cancelled", "The caller closed it"));
        closeQuietly(stdin);
        // A reader blocked by a program in the background holds the stream's lock; it reads its end when that ends.
        closeQuietly(process.getInputStream());
        closeQuietly(process.getErrorStream());
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(HostExecution.class).debug("A pipe of an ended command did not close", e);
        }
    }
}
