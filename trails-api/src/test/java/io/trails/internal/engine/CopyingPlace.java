package io.trails.internal.engine;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Output;
import io.trails.TrailsException;
import io.trails.Usage;
import io.trails.spi.HostDirectory;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxCopy;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** One sandbox of {@link CopyingSandbox}. A command is run to its end in the copy. */
final class CopyingPlace implements Sandbox {
    private final CopyingSandbox provider;
    private final SandboxRequest request;
    private final FileCopy copy;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Queue<Process> running = new ConcurrentLinkedQueue<>();

    CopyingPlace(CopyingSandbox provider, SandboxRequest request) {
        this.provider = provider;
        this.request = request;
        copy = new FileCopy(provider, ((HostDirectory) request.location()).path(), request.directory());
        copy.begin();
        provider.open.incrementAndGet();
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return provider.capabilities();
    }

    /** A command called {@code leave} changes files as one would that still runs: nothing is brought back. */
    @Override
    public ExecResult exec(Command command) {
        provider.checkReachable();
        boolean stays = command.argv().get(0).equals("leave");
        List<String> argv = stays ? command.argv().subList(1, command.argv().size()) : command.argv();
        copy.turn.lock();
        try {
            Process process = started(new ProcessBuilder(argv));
            process.getOutputStream().close();
            process.getInputStream().readAllBytes();
            int code = process.waitFor();
            if (!stays && request.bringsBack()) copy.bringBack();
            return new ExecResult(
                    ExecResult.Status.EXITED, code, Output.empty(), Output.empty(), Duration.ZERO, Optional.empty());
        } catch (IOException notStarted) {
            throw new TrailsException("exec.not-started", "Not started: " + command.argv(), notStarted);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        } finally {
            copy.turn.unlock();
        }
    }

    /** Whoever stops the session sees it, or comes before it. */
    private Process started(ProcessBuilder builder) throws IOException {
        synchronized (running) {
            Process process = builder.directory(copy.files().toFile())
                    .redirectErrorStream(true)
                    .start();
            running.add(process);
            return process;
        }
    }

    @Override
    public Execution start(Command command) {
        throw new TrailsException("sandbox.unsupported", "It has no streams");
    }

    @Override
    public Optional<SandboxCopy> copy() {
        return Optional.of(copy);
    }

    @Override
    public Usage usage() {
        return new Usage(Duration.ZERO, 0, 0, 0, List.of());
    }

    @Override
    public void stop() {
        provider.checkReachable();
        synchronized (running) {
            for (Process process : running) process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) provider.open.decrementAndGet();
    }
}
