package io.trails.internal.host;

import io.trails.Reason;
import io.trails.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Turns what is seen of a session into its usage. Thread-safe. */
final class UsageMeter {
    private final ProcessTable table;
    private final DiskGrowth disk;
    private final BooleanSupplier stop;
    private final CpuMeter cpu = new CpuMeter();

    UsageMeter(ProcessTable table, DiskGrowth disk, BooleanSupplier stop) {
        this.table = table;
        this.disk = disk;
        this.stop = stop;
    }

    /** Also worth calling when nobody asks: what it has seen of a process counts after that has ended. */
    void see(List<ProcessEntry> living) {
        cpu.add(living);
    }

    Usage measure(List<ProcessEntry> living) {
        var caveats = new ArrayList<Reason>();
        if (!table.readsVariables()) {
            caveats.add(Reason.of(
                    "host.usage-partial",
                    "This system shows neither the memory of processes nor those that another JVM started"));
        }
        Duration cpuTime = Duration.ofNanos(cpu.add(living));
        return new Usage(cpuTime, new MemoryUse(table).of(living), growth(caveats), living.size(), caveats);
    }

    private long growth(List<Reason> caveats) {
        OptionalLong before = disk.baseline();
        if (before.isEmpty()) {
            caveats.add(Reason.of(
                    "host.disk-unknown",
                    "The size of the session's files when it was opened is not known (yet)",
                    "ask again later, or set a disk limit to have it measured before the session starts"));
            return 0;
        }
        try {
            DiskUse now = disk.measure(stop);
            if (now.unreadable() > 0) {
                caveats.add(Reason.of(
                        "host.disk-partial", now.unreadable() + " files or directories could not be measured"));
            }
            return Math.max(0, now.bytes() - before.getAsLong());
        } catch (IOException e) {
            caveats.add(Reason.of("host.disk-unknown", "The session's files could not be measured: " + e));
            return 0;
        }
    }
}
