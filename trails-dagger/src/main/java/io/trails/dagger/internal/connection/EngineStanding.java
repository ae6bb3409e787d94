package io.trails.dagger.internal.connection;

import io.trails.Reason;

/** What a look at an engine found, without starting one. Immutable. */
public sealed interface EngineStanding {
    /**
     * Nothing speaks against it.
     *
     * @param version of the engine where one answered, else of the program that leads to it
     * @param confirmed whether an engine answered
     */
    record Usable(String version, boolean confirmed) implements EngineStanding {}

    /** @param reason what is missing, and what would help */
    record Unusable(Reason reason) implements EngineStanding {}
}
