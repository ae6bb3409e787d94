package io.trails.daggerdouble.graph;

import java.util.List;
import java.util.Map;

/** An answer as it goes over HTTP. */
public record Reply(int status, String type, String body) {

    static final Reply SHUTTING_DOWN = failed("engine is shutting down");

    /** An answer of nothing but an error, as fields give it. */
    public static Reply failed(String message) {
        return new Reply(
                200, "application/json", "{\"data\":null,\"errors\":[{\"message\":" + Json.write(message) + "}]}");
    }

    static Reply json(int status, Object value) {
        return new Reply(status, "application/json", Json.write(value));
    }

    /** A refusal as the engine's HTTP server words it. */
    public static Reply of(int status, String message) {
        return json(status, Map.of("errors", List.of(Map.of("message", message))));
    }
}
