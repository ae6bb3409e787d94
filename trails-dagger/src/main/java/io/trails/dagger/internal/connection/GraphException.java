package io.trails.dagger.internal.connection;

import io.trails.TrailsException;
import java.util.List;

/** The engine answered a request with errors, and goes on. */
public final class GraphException extends TrailsException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;
    private final boolean explained;

    /** @param explained whether the engine said of what kind the errors are, which only one does that is well */
    GraphException(String message, List<String> errors, boolean explained) {
        super("dagger.request-failed", message);
        this.errors = List.copyOf(errors);
        this.explained = explained;
    }

    GraphException(String message, Throwable cause) {
        super("dagger.request-failed", message, cause);
        errors = List.of();
        explained = false;
    }

    boolean isExplained() {
        return explained;
    }

    /** What the engine said, error by error, cut to a bearable length; for people. */
    public List<String> errors() {
        return errors;
    }
}
