package io.trails.dagger.internal.sandbox;

import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.Reason;
import java.time.Duration;
import java.util.Optional;

/** Tells from a command's exit code whether the kernel ended it for a limit. A shell passes on its child's code. Immutable. */
record LimitVerdict(Limits limits) {
    private static final int KILLED = 128 + 9;
    private static final int CPU_TIME_EXCEEDED = 128 + 24;
    private static final int FILE_SIZE_EXCEEDED = 128 + 25;

    Optional<Reason> of(int exitCode, Duration elapsed) {
        if (limits.get(Kind.CPU_TIME).isPresent()) {
            long allowed = limits.get(Kind.CPU_TIME).getAsLong();
            boolean killedLate = exitCode == KILLED && elapsed.toMillis() >= allowed;
            if (exitCode == CPU_TIME_EXCEEDED || killedLate) {
                return Optional.of(Reason.of(
                        "limit.cpu-time",
                        "A process used more processor time than the " + allowed + " ms allowed",
                        "raise the limit, or split the work"));
            }
        }
        if (exitCode == FILE_SIZE_EXCEEDED && limits.get(Kind.FILE_SIZE).isPresent()) {
            return Optional.of(Reason.of(
                    "limit.file-size",
                    "A process wrote a file longer than the "
                            + limits.get(Kind.FILE_SIZE).getAsLong() + " bytes allowed",
                    "raise the limit, or write smaller files"));
        }
        return Optional.empty();
    }
}
