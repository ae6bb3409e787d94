package io.trails.internal.host;

import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.Reason;
import io.trails.internal.host.cgroup.OomCount;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a command's exit code whether the kernel ended it for a limit. A shell passes on its child's code.
 *
 * @param group keeps limits of the whole session, if there is one
 * @param before what the group's counters said before the command
 */
record LimitVerdict(
        Limits limits,
        @Nullable GroupVerdict group,
        @Nullable OomCount before) {
    private static final int KILLED = 128 + 9;
    private static final int CPU_TIME_EXCEEDED = 128 + 24;
    private static final int FILE_SIZE_EXCEEDED = 128 + 25;

    static LimitVerdict fromNowOn(Limits limits, @Nullable GroupVerdict group) {
        return new LimitVerdict(limits, group, group == null ? null : group.now());
    }

    Optional<Ending> of(int exitCode, Duration elapsed) {
        if (group != null && before != null) {
            Optional<Ending> byGroup = group.of(exitCode, before);
            if (byGroup.isPresent()) return byGroup;
        }
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
