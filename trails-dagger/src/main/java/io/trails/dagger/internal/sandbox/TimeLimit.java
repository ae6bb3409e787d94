package io.trails.dagger.internal.sandbox;

import io.trails.Command;
import io.trails.ExecResult.Status;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long a command may run. Immutable.
 *
 * @param time from its start
 * @param whenOver what its end then means
 */
record TimeLimit(Duration time, Ending whenOver) {
    /** The shorter one of the command's own time and the session's. */
    static Optional<TimeLimit> of(Command command, Limits limits) {
        OptionalLong wall = limits.get(Kind.WALL_CLOCK);
        Optional<Duration> timeout = command.timeout();
        if (wall.isPresent()
                && (timeout.isEmpty() || timeout.get().compareTo(Duration.ofMillis(wall.getAsLong())) > 0)) {
            Duration allowed = Duration.ofMillis(wall.getAsLong());
            Reason reason = Reason.of(
                    "limit.wall-clock",
                    "The command ran longer than the " + allowed.toMillis() + " ms allowed",
                    "raise the limit, or split the work");
            return Optional.of(new TimeLimit(allowed, new Ending(Status.LIMIT_EXCEEDED, reason)));
        }
        return timeout.map(time -> new TimeLimit(
                time,
                new Ending(
                        Status.TIMED_OUT,
                        Reason.of(
                                "exec.timeout",
                                "The command ran longer than its timeout of " + time.toMillis() + " ms",
                                "give it more time"))));
    }

    /** Its time passed in the queue. */
    Ending neverRan() {
        return new Ending(
                whenOver.status(),
                Reason.of(
                        "dagger.busy",
                        "Its time passed while other commands of the session ran, and it was never started",
                        "give it more time, or use another session"));
    }

    /** Its time passed by far, and nothing in the container ended it. */
    Ending gaveUp() {
        Reason reason = whenOver.reason();
        return new Ending(
                whenOver.status(),
                Reason.of(
                        reason.code(),
                        reason.message()
                                + ", and what watched it in the container did not end it: what it had changed is lost",
                        reason.remedy()));
    }
}
