package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.connection.EngineChoice;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.connection.EngineLoss;
import io.trails.dagger.internal.connection.EngineUnavailableException;
import io.trails.dagger.internal.connection.Engines;
import io.trails.spi.SandboxUnreachableException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The connections that a provider's sandboxes share: one to each engine, opened when a sandbox first needs it, closed with the last
 * sandbox. Thread-safe.
 */
public final class Connections {
    private final Object lock = new Object();
    private final Map<Map<String, String>, Shared> byEnvironment = new HashMap<>();

    /** Those of one environment, with the number of sandboxes that use them. */
    private static final class Shared {
        private final Engines engines;
        private int users;

        private Shared(Engines engines) {
            this.engines = engines;
        }
    }

    /** A sandbox's part in them. Closing it twice does nothing. */
    public final class Lease implements AutoCloseable {
        private final Map<String, String> environment;
        private final Engines engines;
        private final EngineChoice choice;
        private final Runnable unlisten;
        private boolean closed;

        private Lease(
                Map<String, String> environment, Engines engines, EngineChoice choice, Consumer<EngineLoss> losses) {
            this.environment = environment;
            this.engines = engines;
            this.choice = choice;
            unlisten = engines.onLoss(loss -> {
                if (loss.choice().equals(choice)) losses.accept(loss);
            });
        }

        /**
         * The connection, opened again if it was lost.
         *
         * @throws SandboxUnreachableException if there is none to be had now
         */
        public EngineConnection engine() {
            try {
                return engines.connect(choice);
            } catch (EngineUnavailableException unavailable) {
                throw new SandboxUnreachableException(
                        unavailable.code(), String.valueOf(unavailable.getMessage()), unavailable);
            }
        }

        @Override
        public void close() {
            synchronized (lock) {
                if (closed) return;
                closed = true;
            }
            unlisten.run();
            release(environment);
        }
    }

    /** Takes part. No engine is asked. */
    public Lease lease(Map<String, String> environment, EngineChoice choice, Consumer<EngineLoss> losses) {
        Engines engines;
        synchronized (lock) {
            Shared shared = byEnvironment.computeIfAbsent(environment, known -> new Shared(new Engines(known)));
            shared.users++;
            engines = shared.engines;
        }
        return new Lease(environment, engines, choice, losses);
    }

    private void release(Map<String, String> environment) {
        Shared last = null;
        synchronized (lock) {
            Shared shared = byEnvironment.get(environment);
            if (shared != null && --shared.users == 0) last = byEnvironment.remove(environment);
        }
        if (last != null) last.engines.close();
    }
}
