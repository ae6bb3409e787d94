package io.trails.dagger.internal.connection;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which engine is meant, and how to get to it. Equal choices share a connection. Immutable.
 *
 * @param name by which settings and messages know it
 * @param cli the {@code dagger} program; empty for the one that the environment names or the search path has
 * @param runnerHost where the engine is, such as {@code unix:///run/dagger.sock}; empty for what the environment or the program
 *     says
 * @param startTimeout how long a start may take, the fetching of an engine's image included
 */
public record EngineChoice(String name, Optional<Path> cli, Optional<String> runnerHost, Duration startTimeout) {
    public EngineChoice {
        Objects.requireNonNull(cli, "cli");
        Objects.requireNonNull(runnerHost, "runnerHost");
        if (name.isBlank()) throw new IllegalArgumentException("An engine needs a name");
        if (startTimeout.isNegative() || startTimeout.isZero())
            throw new IllegalArgumentException("The start timeout of engine " + name + " is not positive");
    }

    /** The engine that the environment or the program chooses. */
    public static EngineChoice standard(Duration startTimeout) {
        return new EngineChoice("default", Optional.empty(), Optional.empty(), startTimeout);
    }
}
