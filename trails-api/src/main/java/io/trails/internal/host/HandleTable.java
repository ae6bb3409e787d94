package io.trails.internal.host;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The process table of a system without {@code /proc}, as the JDK shows it: parents and times, nothing more. */
final class HandleTable implements ProcessTable {
    @Override
    public long[] pids() {
        return ProcessHandle.allProcesses().mapToLong(ProcessHandle::pid).toArray();
    }

    @Override
    public Optional<ProcessEntry> find(long pid) {
        return ProcessHandle.of(pid).map(HandleTable::entry);
    }

    private static ProcessEntry entry(ProcessHandle handle) {
        ProcessHandle.Info info = handle.info();
        return new ProcessEntry(
                handle.pid(),
                info.startInstant().map(Instant::toEpochMilli).orElse(0L),
                handle.parent().map(ProcessHandle::pid).orElse(-1L),
                -1,
                -1,
                !handle.isAlive(),
                info.totalCpuDuration().orElse(Duration.ZERO).toNanos(),
                0,
                -1);
    }

    @Override
    public Optional<String> variable(long pid, String name) {
        return Optional.empty();
    }

    @Override
    public long ageMillis(ProcessEntry process) {
        return process.start() == 0 ? 0 : Math.max(0, System.currentTimeMillis() - process.start());
    }

    @Override
    public long proportionalBytes(ProcessEntry process) {
        return -1;
    }

    @Override
    public boolean readsVariables() {
        return false;
    }
}
