package io.trails;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Something that runs beside a session's container and is reached by its name, such as a database. Immutable.
 *
 * @param name by which commands of the session reach it: lower-case letters, digits and hyphens
 * @param base what it starts from
 * @param argv the program and its arguments; empty for what the image runs by itself
 * @param environment variables; no secrets, for they are stored
 * @param ports TCP ports; commands wait until it listens at all of them
 */
public record ContainerService(
        String name, ContainerBase base, List<String> argv, Map<String, String> environment, Set<Integer> ports) {
    /** Checks and copies the components. */
    public ContainerService {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(argv, "argv");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(ports, "ports");
        if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("No name of a host: '" + name + "'");
        }
        argv = List.copyOf(argv);
        for (String argument : argv) {
            if (argument.indexOf('\0') >= 0) throw new IllegalArgumentException("An argument contains NUL");
        }
        environment = Map.copyOf(environment);
        EnvironmentNames.checkAll(environment);
        ports = Set.copyOf(ports);
        for (int port : ports) {
            if (port < 1 || port > 65535) throw new IllegalArgumentException("No port: " + port);
        }
    }
}
