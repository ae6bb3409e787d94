package io.trails.spi;

import io.trails.Reason;
import java.util.Objects;

/**
 * Something a sandbox has to tell that is no answer to a call. Immutable.
 *
 * @param kind what happened
 * @param reason the details
 */
public record SandboxNotice(Kind kind, Reason reason) {
    /** Checks the components. */
    public SandboxNotice {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
    }

    /** What happened. */
    public enum Kind {
        /** What the sandbox runs on is gone: its processes ended, its files are those that came back. */
        LOST,
        /** It was made anew, and the reason says what was and what was not run again. */
        REBUILT,
        /** Files came back. */
        BROUGHT_BACK,
        /** Files did not come back, because they were changed elsewhere or are refused. */
        WITHHELD,
        /** Something worth knowing, such as a very large workspace. */
        WARNING
    }
}
