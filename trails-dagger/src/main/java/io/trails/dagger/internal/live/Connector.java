package io.trails.dagger.internal.live;

/**
 * What an image has that connects to the host.
 *
 * @param name as the scripts know it
 * @param tool the program
 * @param route where it connects to
 */
record Connector(String name, String tool, Route route) {
    enum Route {
        /** A Unix socket that the engine forwards. */
        UNIX,
        /** A port that the engine forwards. */
        TCP
    }

    /** How the scripts name the place to connect to. */
    String address(String socket, String host, int port) {
        if (route == Route.TCP) return host + " " + port;
        return switch (name) {
            case "socat" -> "UNIX-CONNECT:" + socket;
            case "nc", "nc-N", "ncat" -> "-U " + socket;
            default -> socket;
        };
    }
}
