package io.trails.internal.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the processor time of a session, its ended processes included as far as they were seen. Thread-safe. */
final class CpuMeter {
    private final Object lock = new Object();
    private Map<Long, ProcessEntry> last = Map.of();
    private long endedNanos;
    private long highestNanos;

    /** Takes in who is alive now and says how much everybody used so far. */
    long add(List<ProcessEntry> living) {
        var now = new HashMap<Long, ProcessEntry>();
        long total = 0;
        for (ProcessEntry process : living) {
            now.put(process.pid(), process);
            total += process.cpuNanos() + process.reapedCpuNanos();
        }
        synchronized (lock) {
            for (ProcessEntry before : last.values()) {
                ProcessEntry still = now.get(before.pid());
                if (still != null && still.sameAs(before)) continue;
                // A living parent that waited for it counts its time already.
                if (now.containsKey(before.parent()) && last.containsKey(before.parent())) continue;
                endedNanos += before.cpuNanos() + before.reapedCpuNanos();
            }
            last = now;
            highestNanos = Math.max(highestNanos, total + endedNanos);
            return highestNanos;
        }
    }
}
