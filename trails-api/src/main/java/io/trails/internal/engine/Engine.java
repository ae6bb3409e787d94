package io.trails.internal.engine;

import io.trails.Trails;

/** Where an instance starts. */
public final class Engine {
    private Engine() {}

    public static Trails start(Configuration configuration) {
        throw new IllegalStateException("The engine is being built: " + configuration.project());
    }
}
