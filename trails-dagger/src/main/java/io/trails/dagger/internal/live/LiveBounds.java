package io.trails.dagger.internal.live;

import io.trails.ExecResult.Status;
import io.trails.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What ends a live program besides itself.
 *
 * @param deadline after which it is ended
 * @param limits POSIX shell that sets limits before the program takes the shell's place; a constant with numbers
 * @param verdict tells from its exit code whether it broke a limit
 * @param isToStop asked about twice a second: whether somebody else wants the session's programs to end
 */
public record LiveBounds(Optional<Deadline> deadline, String limits, Verdict verdict, BooleanSupplier isToStop) {
    /** Nothing ends it. */
    public static LiveBounds none() {
        return new LiveBounds(Optional.empty(), "", (code, elapsed) -> Optional.empty(), () -> false);
    }

    /** The same with a deadline. */
    public LiveBounds withDeadline(Deadline when) {
        return new LiveBounds(Optional.of(when), limits, verdict, isToStop);
    }

    /**
     * When a program is ended, and what that means.
     *
     * @param after from its start
     * @param status of the result
     * @param reason of the result
     */
    public record Deadline(Duration after, Status status, Reason reason) {}

    /** Knows which exit codes speak of a limit. */
    @FunctionalInterface
    public interface Verdict {
        /** Which limit was broken, if one was. */
        Optional<Reason> of(int exitCode, Duration elapsed);
    }
}
