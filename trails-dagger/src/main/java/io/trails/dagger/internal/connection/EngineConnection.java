package io.trails.dagger.internal.connection;

import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.Dialect;
import io.trails.dagger.internal.graph.Leaf;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A session of an engine. Every id belongs to the session that gave it. Thread-safe; requests do not wait for each other.
 */
public final class EngineConnection implements AutoCloseable {
    EngineConnection() {}

    /**
     * Asks for leaves in one request. The future fails with {@link ExecFailure}, {@link GraphException} or
     * {@link EngineLostException}; cancelling it aborts the exchange, and with it what the engine does for nobody else. There is
     * no deadline. What hangs on the future runs on a thread of the connection and must not block.
     *
     * @param leaves at least one
     */
    public CompletableFuture<Answers> send(Leaf<?>... leaves) {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks for leaves in one request and waits. Interrupting the thread aborts the exchange.
     *
     * @param deadline from now on
     * @param leaves at least one
     * @throws ExecFailure if a command failed
     * @throws GraphException if the request did
     * @throws EngineLostException if the engine is gone
     * @throws io.trails.TrailsException with code {@code dagger.request-timeout} if the deadline passed
     * @throws io.trails.TrailsInterruptedException if the thread was interrupted; its flag is set
     */
    public Answers ask(Duration deadline, Leaf<?>... leaves) {
        throw new UnsupportedOperationException();
    }

    /** Counts the connections of one {@link Engines}, from 1. */
    public long generation() {
        throw new UnsupportedOperationException();
    }

    /** Whether it can no longer be used: the engine is gone, or somebody closed it. */
    public boolean isLost() {
        throw new UnsupportedOperationException();
    }

    public Dialect dialect() {
        throw new UnsupportedOperationException();
    }

    /** Of the engine, such as {@code v0.21.8}. */
    public String version() {
        throw new UnsupportedOperationException();
    }

    /** Ends the session for all that share it, unless somebody else began it. May be called again. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
