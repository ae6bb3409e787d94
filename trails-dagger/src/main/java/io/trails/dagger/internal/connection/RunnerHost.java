package io.trails.dagger.internal.connection;

import io.trails.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where an engine is said to be, and whether somebody is there.
 *
 * @param address with its scheme, such as {@code unix:///run/dagger.sock}
 */
record RunnerHost(String address) {
    private String scheme() {
        int end = address.indexOf("://");
        return end < 0 ? "" : address.substring(0, end);
    }

    private String rest() {
        return address.substring(address.indexOf("://") + 3);
    }

    private String withoutOptions() {
        String rest = rest();
        int options = rest.indexOf('?');
        return options < 0 ? rest : rest.substring(0, options);
    }

    /**
     * Looks at what can be looked at without starting anything.
     *
     * @param version that the answer tells if nothing speaks against the engine
     */
    EngineStanding look(String version, Map<String, String> environment, Countdown time) throws InterruptedException {
        String scheme = scheme();
        if (scheme.equals("unix")) return socket(version, time);
        if (scheme.equals("tcp")) return port(version, time);
        if (scheme.startsWith("image") || scheme.startsWith("container") || scheme.startsWith("docker-"))
            return new ContainerService(scheme, withoutOptions()).look(version, environment, time);
        // Of the others, only the program knows how to get there.
        return new EngineStanding.Usable(version, false);
    }

    private EngineStanding socket(String version, Countdown time) {
        try {
            Path path = Path.of(withoutOptions());
            return access(path)
                    .<EngineStanding>map(EngineStanding.Unusable::new)
                    .orElseGet(() -> greet(UnixDomainSocketAddress.of(path), version, time));
        } catch (InvalidPathException e) {
            return unreachable("it is no path");
        }
    }

    /** What speaks against connecting to a socket, as far as its file tells. */
    static Optional<Reason> access(Path socket) {
        if (Files.notExists(socket))
            return Optional.of(Reasons.unreachable(socket.toString(), "there is no such file"));
        // What neither exists nor does not lies in a directory that this user may not search.
        if (!Files.exists(socket) || !Files.isWritable(socket)) return Optional.of(Reasons.denied(socket.toString()));
        return Optional.empty();
    }

    private EngineStanding port(String version, Countdown time) {
        String at = withoutOptions();
        int colon = at.lastIndexOf(':');
        try {
            int port = Integer.parseInt(at.substring(colon + 1));
            return greet(new InetSocketAddress(at.substring(0, Math.max(0, colon)), port), version, time);
        } catch (IllegalArgumentException e) {
            return unreachable("it has no port");
        }
    }

    private EngineStanding greet(SocketAddress where, String version, Countdown time) {
        if (where instanceof InetSocketAddress host && host.isUnresolved()) return unreachable("its name is unknown");
        try {
            return switch (EngineSocket.greet(where, time.left())) {
                case ENGINE -> new EngineStanding.Usable(version, true);
                case SOMETHING_ELSE -> unreachable("what listens there is no engine");
                case NOTHING -> new EngineStanding.Unusable(Reasons.hung(address, ""));
            };
        } catch (IOException e) {
            return unreachable(String.valueOf(e.getMessage()));
        }
    }

    private EngineStanding unreachable(String why) {
        return new EngineStanding.Unusable(Reasons.unreachable(address, why));
    }
}
