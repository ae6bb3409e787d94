package io.trails.daggerdouble.graph;

import java.util.Map;

/** What a field answers instead of a value. */
final class GraphFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> extensions;

    GraphFailure(String message) {
        this(message, Map.of());
    }

    GraphFailure(String message, Map<String, Object> extensions) {
        super(message);
        this.extensions = Map.copyOf(extensions);
    }

    Map<String, Object> extensions() {
        return extensions;
    }
}
