package io.trails.dagger.internal.live;

import io.trails.TrailsException;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.connection.EngineLostException;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.ServiceId;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** A service of the engine. Thread-safe. */
final class EngineService implements LiveService {
    private static final Duration STOP = Duration.ofSeconds(30);

    private final EngineConnection engine;
    private final ServiceId id;

    EngineService(EngineConnection engine, ServiceId id) {
        this.engine = engine;
        this.id = id;
    }

    @Override
    public boolean isLost() {
        return engine.isLost();
    }

    @Override
    public boolean stop() {
        try {
            engine.ask(STOP, Graph.service(id).stop(true));
            return true;
        } catch (EngineLostException e) {
            return false;
        } catch (TrailsException e) {
            LoggerFactory.getLogger(EngineService.class).debug("A service that had ended was not stopped", e);
            return !engine.isLost();
        }
    }
}
