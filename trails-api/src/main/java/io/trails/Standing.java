package io.trails;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a session's commits stand relative to where it started. Immutable.
 *
 * @param start the commit the session started from, 40 or 64 hexadecimal digits
 * @param head the commit its files are based on now
 * @param branch the branch that is checked out now; empty if none is
 * @param ahead commits of {@code head} that {@code start} does not have
 * @param behind commits that came since to the branch the session started from and that {@code head} does not have
 */
public record Standing(String start, String head, Optional<String> branch, int ahead, int behind) {
    /** Checks the components. */
    public Standing {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(branch, "branch");
    }
}
