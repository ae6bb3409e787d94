package io.trails.dagger.internal.connection;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a session listens, and what it wants to be told.
 *
 * @param port on the loopback interface
 * @param token a secret
 */
record SessionAddress(int port, String token) {
    SessionAddress {
        if (port < 1 || port > 65535) throw new IllegalArgumentException("There is no port " + port);
        if (token.isEmpty()) throw new IllegalArgumentException("A session needs a token");
    }

    URI query() {
        return URI.create("http://127.0.0.1:" + port + "/query");
    }

    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((token + ":").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "port " + port;
    }
}
