package io.trails;

import java.io.Serial;
import java.util.Objects;

/**
 * An answer could not be produced. The root of everything trails throws that is not a caller's bug.
 *
 * <p>{@link #code()} is stable across releases and listed in {@code docs/errors.md}; the message names the thing, its
 * state and the way out, and may change.
 */
public class TrailsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The stable code. */
    private final String code;

    /**
     * An exception without a cause.
     *
     * @param code the stable code, such as {@code state.newer-version}
     * @param message what happened, to what, and the way out
     */
    public TrailsException(String code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    /**
     * An exception with a cause.
     *
     * @param code the stable code, such as {@code state.newer-version}
     * @param message what happened, to what, and the way out
     * @param cause what led to it
     */
    public TrailsException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /**
     * Returns the stable code.
     *
     * @return lower-case words joined by dots and hyphens
     */
    public final String code() {
        return code;
    }
}
