package io.trails;

import java.util.Objects;

/**
 * What happens to one limit or network policy that a session asks for. Immutable.
 *
 * @param subject what was asked for: the name of a {@link Limits.Kind}, or {@code NETWORK}
 * @param level what would be done about it
 * @param reason by which means, or why not
 */
public record Enforcement(String subject, Level level, Reason reason) {
    /** Checks the components. */
    public Enforcement {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(reason, "reason");
    }

    /** How firmly. */
    public enum Level {
        /** The operating system or the container engine makes a breach impossible. */
        ENFORCED,
        /** trails measures, and ends the session's processes when it sees a breach. */
        MONITORED,
        /** Not possible here; a session that asks for it is refused. */
        REFUSED
    }
}
