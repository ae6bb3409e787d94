package io.trails.internal.host.cgroup;

import io.trails.Limits;
import io.trails.Limits.Kind;
import java.io.IOException;
import java.util.Set;

/** Puts limits into the words of the kernel's files. */
final class GroupValues {
    private static final int SHORT_PERIOD = 100_000;
    private static final int LONG_PERIOD = 1_000_000;
    /** The kernel takes no quota below a millisecond. */
    private static final int LEAST_QUOTA = 1_000;

    private GroupValues() {}

    /** Writes those of the given kinds. */
    static void write(Group group, Limits limits, Set<Kind> kinds) throws IOException {
        for (Kind kind : kinds) {
            long limit = limits.get(kind).orElseThrow();
            switch (kind) {
                case CPU_SHARE -> group.write("cpu.max", quota(limit));
                case MEMORY -> memory(group, limit);
                case PROCESSES -> group.write("pids.max", Long.toString(limit));
                default -> throw new IllegalArgumentException("No control group limits " + kind);
            }
        }
    }

    private static void memory(Group group, long bytes) throws IOException {
        // Resident memory is limited; what may be swapped out would come on top of it.
        if (group.has("memory.swap.max")) group.write("memory.swap.max", "0");
        // Whoever breaks a limit ends as a whole, or half a build goes on.
        if (group.has("memory.oom.group")) group.write("memory.oom.group", "1");
        group.write("memory.max", Long.toString(bytes));
    }

    /** Microseconds of processor time per period; a small share needs the long period. */
    static String quota(long thousandths) {
        long quota = thousandths * (SHORT_PERIOD / 1_000);
        return quota >= LEAST_QUOTA
                ? quota + " " + SHORT_PERIOD
                : thousandths * (LONG_PERIOD / 1_000) + " " + LONG_PERIOD;
    }
}
