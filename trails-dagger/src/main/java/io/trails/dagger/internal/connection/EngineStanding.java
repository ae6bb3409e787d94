package io.trails.dagger.internal.connection;

import io.trails.Reason;

/** What a look at an engine found, without starting one. Immutable. */
public sealed interface EngineStanding {
    /**
     * Nothing speaks against it.
     *
     * @param version of the engine in a session that somebody else began, else of the program that leads to one
     * @param confirmed whether an engine is there already; if not, the first connection starts it, which takes a while
     */
    record Usable(String version, boolean confirmed) implements EngineStanding {}

    /**
     * Something speaks against it.
     *
     * @param reason what is missing, and what would help
     */
    record Unusable(Reason reason) implements EngineStanding {}
}
