package io.trails.dagger.internal.live;

import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.Leaf;
import io.trails.dagger.internal.graph.Port;
import io.trails.dagger.internal.graph.SecretId;
import io.trails.dagger.internal.graph.ServiceId;
import io.trails.dagger.internal.graph.SocketId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays the way from a container to a reception on the host, in one request with the secrets that the container gets. */
final class HostLine {
    /** Where a container finds the socket. */
    static final String SOCKET = Scripts.FOLDER + "/s";

    /** The name under which a container finds the host. */
    static final String HOST = "trails-host";

    private static final String TOKEN = "TRAILS_TOKEN";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Reception reception;
    private final Map<String, Leaf<SecretId>> secrets = new LinkedHashMap<>();
    private final Optional<Leaf<SocketId>> socket;
    private final Optional<Leaf<ServiceId>> port;
    private final Answers answers;

    /**
     * Asks for what leads to the reception.
     *
     * @param nonce tells its secrets from others
     * @param plaintexts by the names of the variables they get
     */
    HostLine(EngineConnection engine, Reception reception, String nonce, Map<String, String> plaintexts) {
        this.reception = reception;
        plaintexts.forEach((name, value) -> secrets.put(name, secret(nonce, name, value)));
        secrets.put(TOKEN, secret(nonce, TOKEN, reception.token()));
        socket = reception.socket().map(path -> Graph.hostSocket(path).id());
        port = socket.isPresent()
                ? Optional.empty()
                : Optional.of(Graph.hostService(List.of(Port.tcp(port()))).id());
        var leaves = new ArrayList<Leaf<?>>(secrets.values());
        socket.ifPresent(leaves::add);
        port.ifPresent(leaves::add);
        answers = engine.ask(PATIENCE, leaves.toArray(Leaf<?>[]::new));
    }

    private static Leaf<SecretId> secret(String nonce, String name, String value) {
        return Graph.secret("trails-" + nonce + "-" + name, value).id();
    }

    private int port() {
        try {
            return reception.port();
        } catch (IOException e) {
            throw new UncheckedIOException("A port that was just opened is closed", e);
        }
    }

    String address(Connector connector) {
        return connector.address(SOCKET, HOST, port.isPresent() ? port() : 0);
    }

    /** The arguments of the probe that say where to connect to. */
    List<String> place() {
        return socket.isPresent() ? List.of(SOCKET) : List.of(HOST, Integer.toString(port()));
    }

    ContainerStep into(ContainerStep container, Optional<String> owner) {
        ContainerStep step = container;
        for (Map.Entry<String, Leaf<SecretId>> secret : secrets.entrySet()) {
            step = step.withSecretVariable(secret.getKey(), answers.get(secret.getValue()));
        }
        if (socket.isPresent()) return step.withUnixSocket(SOCKET, answers.get(socket.get()), owner);
        return port.isPresent() ? step.withServiceBinding(HOST, answers.get(port.get())) : step;
    }
}
