package io.trails.internal.host;

import io.trails.ExecResult.Status;
import io.trails.Reason;

/** Why trails ended a command. */
record Ending(Status status, Reason reason) {
    static Ending timeout(long millis) {
        return new Ending(
                Status.TIMED_OUT,
                Reason.of(
                        "exec.timeout",
                        "It still ran after its timeout of " + millis + " ms",
                        "allow more time with Command.timeout"));
    }

    static Ending wallClock(long millis) {
        return limit(Reason.of(
                "limit.wall-clock",
                "It still ran after the session's wall clock limit of " + millis + " ms",
                "raise the limit, or split the work"));
    }

    static Ending limit(Reason breach) {
        return new Ending(Status.LIMIT_EXCEEDED, breach);
    }

    static Ending cancelled(String code, String message) {
        return new Ending(Status.CANCELLED, Reason.of(code, message));
    }
}
