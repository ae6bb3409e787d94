package io.trails.internal.host;

import io.trails.Reason;
import io.trails.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Turns what is seen of a session into its usage. Thread-safe. */
final class UsageMeter {
    private final ProcessTable table;
    private final DiskGrowth disk;
    private final BooleanSupplier stop;
    private final @Nullable GroupVerdict group;
    private final CpuMeter cpu = new CpuMeter();

    UsageMeter(ProcessTable table, DiskGrowth disk, BooleanSupplier stop, @Nullable GroupVerdict group) {
        this.table = table;
        this.disk = disk;
        this.stop = stop;
        this.group = group;
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
        return new Usage(
                Duration.ofNanos(cpuNanos(living)),
                new MemoryUse(table).of(living),
                growth(caveats),
                living.size(),
                caveats);
    }

    /** A control group also counts those that came and went between two looks; a younger one knows less. */
    private long cpuNanos(List<ProcessEntry> living) {
        long seen = cpu.add(living);
        return group == null ? seen : Math.max(seen, group.group().cpuNanos().orElse(0));
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
