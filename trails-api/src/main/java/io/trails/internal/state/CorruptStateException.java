package io.trails.internal.state;

import java.io.Serial;

/** The file as a whole cannot be understood. */
final class CorruptStateException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    CorruptStateException(String message) {
        super(message);
    }

    CorruptStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
