package io.trails.dagger.internal.graph;

/**
 * Names a service to the engine that gave it, as long as that session lasts. Never stored.
 *
 * @param value opaque
 */
public record ServiceId(String value) implements ObjectId {
    @Override
    public String type() {
        return "Service";
    }
}
