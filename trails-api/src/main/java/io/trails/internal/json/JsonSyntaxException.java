package io.trails.internal.json;

import java.io.IOException;
import java.io.Serial;

/** Bytes that are no JSON. */
public final class JsonSyntaxException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;

    JsonSyntaxException(String message, int line) {
        super(message);
        this.line = line;
    }

    JsonSyntaxException(String message, int line, Throwable cause) {
        super(message, cause);
        this.line = line;
    }

    /** Where, counted from 1. */
    public int line() {
        return line;
    }
}
