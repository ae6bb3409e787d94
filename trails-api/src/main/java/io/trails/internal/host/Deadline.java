package io.trails.internal.host;

import io.trails.Command;
import io.trails.Limits;
import io.trails.Limits.Kind;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** When a command must have ended: the earlier of its own timeout and the session's wall clock limit. */
record Deadline(OptionalLong millis, boolean byLimit) {
    static Deadline of(Command command, Limits limits) {
        OptionalLong limit = limits.get(Kind.WALL_CLOCK);
        if (command.timeout().isEmpty()) return new Deadline(limit, true);
        long timeout = atLeastOneMilli(command);
        return limit.isPresent() && limit.getAsLong() < timeout
                ? new Deadline(limit, true)
                : new Deadline(OptionalLong.of(timeout), false);
    }

    private static long atLeastOneMilli(Command command) {
        try {
            return Math.max(1, command.timeout().orElseThrow().toMillis());
        } catch (ArithmeticException longerThanTheUniverse) {
            return Long.MAX_VALUE;
        }
    }

    boolean isSet() {
        return millis.isPresent();
    }

    /** TimeUnit's conversion ends at its largest value instead of overflowing. */
    long remainingNanos(long startedNanos) {
        return TimeUnit.MILLISECONDS.toNanos(millis.orElseThrow()) - (System.nanoTime() - startedNanos);
    }

    Ending ending() {
        return byLimit ? Ending.wallClock(millis.orElseThrow()) : Ending.timeout(millis.orElseThrow());
    }
}
