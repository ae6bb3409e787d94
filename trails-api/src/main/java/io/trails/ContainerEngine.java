package io.trails;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A container engine that an administrator or a user has prepared, with what it keeps sessions to. trails cannot see how an
 * engine is kept from the network or how much it may use: whoever declares it says so. Immutable.
 *
 * @param name what settings and plans call it; {@code default} for the one used where no policy needs another
 * @param cli the engine's command line program; without one it is looked for
 * @param runnerHost where the engine is, as {@code _EXPERIMENTAL_DAGGER_RUNNER_HOST} says it, such as {@code unix:///run/engine.sock};
 *     without one the command line program decides
 * @param network what its containers can reach: {@link NetworkPolicy.Open} unless it is prepared otherwise
 * @param limits what each of its sessions, or all of them together, are kept to by the engine's own configuration
 */
public record ContainerEngine(
        String name, Optional<Path> cli, Optional<String> runnerHost, NetworkPolicy network, Limits limits) {
    /** Checks the components. */
    public ContainerEngine {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(cli, "cli");
        Objects.requireNonNull(runnerHost, "runnerHost");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(limits, "limits");
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) throw new IllegalArgumentException("No name: '" + name + "'");
        if (cli.isPresent() && !cli.get().isAbsolute()) {
            throw new IllegalArgumentException("Not absolute: " + cli.get());
        }
    }

    /**
     * An engine that is open to the network and keeps to no limits.
     *
     * @param name what settings call it
     * @param runnerHost where it is
     * @return the engine
     */
    public static ContainerEngine at(String name, String runnerHost) {
        Objects.requireNonNull(runnerHost, "runnerHost");
        return new ContainerEngine(
                name, Optional.empty(), Optional.of(runnerHost), NetworkPolicy.open(), Limits.none());
    }
}
