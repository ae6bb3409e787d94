package io.trails.internal.engine;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Usage;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxCopy;
import io.trails.spi.SandboxUnreachableException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox that could not be taken up because what it runs on was not there. It is taken up once it is needed and can be; until
 * then everything fails that needs it, and nothing else. Thread-safe.
 */
final class DeferredSandbox implements Sandbox {
    /** Whoever asks twice in one go does not wait twice for something that hangs. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private record Failure(SandboxUnreachableException cause, long at) {}

    private final Set<SandboxCapability> capabilities;
    private final Supplier<Sandbox> opener;
    private final AtomicReference<@Nullable Sandbox> opened = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Failure failure;

    /**
     * To be taken up later.
     *
     * @param capabilities what its provider says
     * @param opener takes it up, or throws {@link SandboxUnreachableException}
     * @param first why it is not taken up yet
     */
    DeferredSandbox(Set<SandboxCapability> capabilities, Supplier<Sandbox> opener, SandboxUnreachableException first) {
        this.capabilities = Set.copyOf(capabilities);
        this.opener = opener;
        this.failure = new Failure(first, System.nanoTime());
    }

    private Sandbox reached() {
        Sandbox known = opened.get();
        if (known != null) return known;
        if (closed.get()) throw new IllegalStateException("The sandbox is closed");
        Failure last = failure;
        if (System.nanoTime() - last.at() < PAUSE.toNanos()) throw last.cause();
        Sandbox fresh;
        try {
            fresh = opener.get();
        } catch (SandboxUnreachableException still) {
            failure = new Failure(still, System.nanoTime());
            throw still;
        }
        return keep(fresh);
    }

    /** Of two threads that take it up at the same time, the first one's stays. */
    private Sandbox keep(Sandbox fresh) {
        Sandbox first = opened.compareAndExchange(null, fresh);
        if (first != null) {
            fresh.close();
            return first;
        }
        // Whoever closed it meanwhile has not seen this one.
        if (closed.get()) fresh.close();
        return fresh;
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return capabilities;
    }

    @Override
    public ExecResult exec(Command command) {
        return reached().exec(command);
    }

    @Override
    public Execution start(Command command) {
        return reached().start(command);
    }

    @Override
    public Optional<SandboxCopy> copy() {
        return reached().copy();
    }

    @Override
    public Usage usage() {
        return reached().usage();
    }

    @Override
    public Sandbox shared() {
        return reached().shared();
    }

    @Override
    public Command inside(Command command, String mark) {
        return reached().inside(command, mark);
    }

    @Override
    public boolean isAlive(String mark) {
        return reached().isAlive(mark);
    }

    @Override
    public boolean end(String mark) {
        return reached().end(mark);
    }

    @Override
    public void stop() {
        reached().stop();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        Sandbox known = opened.get();
        if (known != null) known.close();
    }
}
