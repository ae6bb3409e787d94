package io.trails.internal.host;

import java.util.List;

/** The memory of several processes together. */
record MemoryUse(ProcessTable table) {
    /** Shared pages count once where the system says so, else once per process. */
    long of(List<ProcessEntry> processes) {
        long sum = 0;
        for (ProcessEntry process : processes) {
            long share = table.proportionalBytes(process);
            sum += share >= 0 ? share : Math.max(0, process.residentBytes());
        }
        return sum;
    }
}
