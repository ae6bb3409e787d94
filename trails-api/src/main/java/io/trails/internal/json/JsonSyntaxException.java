package io.trails.internal.json;

import java.io.IOException;
import java.io.Serial;

/** Bytes that are no JSON. */
public final class JsonSyntaxException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    JsonSyntaxException(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    JsonSyntaxException(String message, int line, int column, Throwable cause) {
        super(message, cause);
        this.line = line;
        this.column = column;
    }

    /** Where, counted from 1. */
    public int line() {
        return line;
    }

    /** Where in the line, counted from 1. */
    public int column() {
        return column;
    }
}
