package io.trails;

import java.util.Objects;

/**
 * Why something is as it is, and what would change it. Immutable.
 *
 * @param code stable, lower-case, such as {@code tmux.absent}; programs switch on it
 * @param message one sentence for a person
 * @param remedy what to do about it, or empty when there is nothing to do
 */
public record Reason(String code, String message, String remedy) {
    /** Checks the components. */
    public Reason {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
        if (code.isBlank()) throw new IllegalArgumentException("A reason needs a code");
    }

    /**
     * A reason that asks for nothing.
     *
     * @param code stable, lower-case
     * @param message one sentence for a person
     * @return the reason
     */
    public static Reason of(String code, String message) {
        return new Reason(code, message, "");
    }

    /**
     * A reason with a way out.
     *
     * @param code stable, lower-case
     * @param message one sentence for a person
     * @param remedy what to do about it
     * @return the reason
     */
    public static Reason of(String code, String message, String remedy) {
        return new Reason(code, message, remedy);
    }
}
