package io.trails.dagger.internal.connection;

import io.trails.TrailsException;
import java.util.List;

/** The engine answered a request with errors, and goes on. */
public final class GraphException extends TrailsException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    GraphException(String message, List<String> errors) {
        super("dagger.request-failed", message);
        this.errors = List.copyOf(errors);
    }

    GraphException(String message, Throwable cause) {
        super("dagger.request-failed", message, cause);
        errors = List.of();
    }

    /** What the engine said, error by error, cut to a bearable length; for people. */
    public List<String> errors() {
        return errors;
    }
}
