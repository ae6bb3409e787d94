package io.trails.dagger.internal.connection;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The connections of one provider, one for each choice of an engine. Thread-safe. */
public final class Engines implements AutoCloseable {
    /** @param environment of the host, which names programs and engines and is handed on where it does not hijack them */
    public Engines(Map<String, String> environment) {
        throw new UnsupportedOperationException();
    }

    /**
     * The connection for a choice: the open one, or a new one if there is none or it is lost. Many callers at once get the same.
     *
     * @throws EngineUnavailableException if there is none to be had; the code says why
     * @throws io.trails.TrailsInterruptedException if the thread was interrupted; others go on waiting
     */
    public EngineConnection connect(EngineChoice choice) {
        throw new UnsupportedOperationException();
    }

    /**
     * Tells of every connection that ends without being closed, once, on a thread that must not be blocked.
     *
     * @return ends the listening
     */
    public Runnable onLoss(Consumer<EngineLoss> listener) {
        throw new UnsupportedOperationException();
    }

    /**
     * Looks whether an engine can be used, without starting one, and leaves nothing behind.
     *
     * @param environment of the host
     * @param choice of the engine
     * @param deadline after which it has answered
     */
    public static EngineStanding probe(Map<String, String> environment, EngineChoice choice, Duration deadline) {
        throw new UnsupportedOperationException();
    }

    /** Closes all connections; there are no new ones afterwards. May be called again. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
