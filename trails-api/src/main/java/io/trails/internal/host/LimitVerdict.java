package io.trails.internal.host;

import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells from a command's exit code whether the kernel ended it for a limit. A shell passes on its child's code. */
record LimitVerdict(Limits limits) {
    private static final int KILLED = 128 + 9;
    private static final int CPU_TIME_EXCEEDED = 128 + 24;
    private static final int FILE_SIZE_EXCEEDED = 128 + 25;

    Optional<Ending> of(int exitCode, Duration elapsed) {
        OptionalLong cpu = limits.get(Kind.CPU_TIME);
        OptionalLong size = limits.get(Kind.FILE_SIZE);
        boolean killedLate = exitCode == KILLED && cpu.isPresent() && elapsed.toMillis() >= cpu.getAsLong();
        if (cpu.isPresent() && (exitCode == CPU_TIME_EXCEEDED || killedLate)) {
            return Optional.of(Ending.limit(Reason.of(
                    "limit.cpu-time",
                    "A process used more processor time than the " + cpu.getAsLong() + " ms allowed",
                    "raise the limit, or split the work")));
        }
        if (size.isPresent() && exitCode == FILE_SIZE_EXCEEDED) {
            return Optional.of(Ending.limit(Reason.of(
                    "limit.file-size",
                    "A process wrote a file longer than the " + size.getAsLong() + " bytes allowed",
                    "raise the limit, or write smaller files")));
        }
        return Optional.empty();
    }
}
