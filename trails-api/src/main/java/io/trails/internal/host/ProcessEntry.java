package io.trails.internal.host;

import java.util.List;

/**
 * One process at one instant.
 *
 * @param start with {@code pid} it names a process for good: pids are used again, pairs are not
 * @param group its process group, or -1 where unknown
 * @param session the id of its session's leader, or -1 where unknown
 * @param ended a zombie, or gone since: it runs nothing any more
 * @param cpuNanos its own processor time
 * @param reapedCpuNanos that of its ended children
 * @param residentBytes its resident memory, or -1 where unknown
 */
record ProcessEntry(
        long pid,
        long start,
        long parent,
        long group,
        long session,
        boolean ended,
        long cpuNanos,
        long reapedCpuNanos,
        long residentBytes) {

    boolean sameAs(ProcessEntry other) {
        return pid == other.pid && start == other.start;
    }

    static String pids(List<ProcessEntry> processes) {
        var text = new StringBuilder();
        for (ProcessEntry process : processes) {
            if (text.length() > 0) text.append(", ");
            text.append(process.pid());
        }
        return text.toString();
    }
}
