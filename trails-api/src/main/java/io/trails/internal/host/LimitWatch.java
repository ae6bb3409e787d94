package io.trails.internal.host;

import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Looks at a session's processes and files from time to time and says when a limit that the system does not keep is
 * broken. Owns one thread, from {@link #start} to {@link #close}.
 */
final class LimitWatch implements Runnable, AutoCloseable {
    private static final long BUSY_MILLIS = 250;
    private static final long IDLE_MILLIS = 1_000;
    /** A command's own deadline comes first; this is for what runs in the background. */
    private static final long AGE_TOLERANCE_MILLIS = 1_000;
    /** Walking the files takes at most a tenth of the time. */
    private static final int DISK_REST = 9;

    private final Limits limits;
    private final ProcessTable table;
    private final Supplier<List<ProcessEntry>> living;
    private final DiskGrowth disk;
    private final Consumer<Reason> onBreach;
    private final @Nullable Runnable groupLook;
    private final boolean looksAtProcesses;
    private final Object lock = new Object();
    private long nextDiskNanos = System.nanoTime();
    private volatile boolean closed;
    private boolean woken;

    /**
     * A watch that does not run yet.
     *
     * @param limits those to watch
     * @param groupLook looks at what the session's control group has to tell, if it has one
     */
    LimitWatch(
            Limits limits,
            ProcessTable table,
            Supplier<List<ProcessEntry>> living,
            DiskGrowth disk,
            Consumer<Reason> onBreach,
            @Nullable Runnable groupLook) {
        this.limits = limits;
        this.table = table;
        this.living = living;
        this.disk = disk;
        this.onBreach = onBreach;
        this.groupLook = groupLook;
        looksAtProcesses = neededFor(limits);
    }

    static boolean watches(Kind kind) {
        return kind == Kind.MEMORY || kind == Kind.PROCESSES || kind == Kind.DISK || kind == Kind.WALL_CLOCK;
    }

    static boolean neededFor(Limits limits) {
        for (Kind kind : limits.asMap().keySet()) {
            if (watches(kind)) return true;
        }
        return false;
    }

    void start(String sessionMark) {
        var thread = new Thread(this, "trails-limits-" + sessionMark);
        thread.setDaemon(true);
        thread.start();
    }

    /** A command was started: look soon. */
    void wake() {
        synchronized (lock) {
            woken = true;
            lock.notifyAll();
        }
    }

    @Override
    public void run() {
        String told = "";
        while (!closed) {
            long pause = BUSY_MILLIS;
            try {
                if (look() == 0) pause = IDLE_MILLIS;
            } catch (RuntimeException e) {
                // One bad look must not leave the session unwatched, nor fill the log.
                String cause = e.toString();
                if (!cause.equals(told))
                    LoggerFactory.getLogger(LimitWatch.class).warn("The session's limits could not be checked", e);
                told = cause;
            }
            try {
                rest(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void rest(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (lock) {
            for (long left = millis; left > 0 && !closed && !woken; left = remainingMillis(until)) lock.wait(left);
            woken = false;
        }
    }

    private static long remainingMillis(long untilNanos) {
        return TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime());
    }

    private int look() {
        if (groupLook != null) groupLook.run();
        if (!looksAtProcesses) return 0;
        List<ProcessEntry> processes = living.get();
        if (processes.isEmpty()) return 0;
        Optional<Reason> breach = count(processes)
                .or(() -> memory(processes))
                .or(() -> age(processes))
                .or(this::diskGrowth);
        if (breach.isPresent() && !closed) onBreach.accept(breach.get());
        return processes.size();
    }

    private Optional<Reason> count(List<ProcessEntry> processes) {
        OptionalLong most = limits.get(Kind.PROCESSES);
        if (most.isEmpty() || processes.size() <= most.getAsLong()) return Optional.empty();
        return Optional.of(Reason.of(
                "limit.processes",
                "The session has " + processes.size() + " processes, " + most.getAsLong() + " are allowed",
                "raise the limit, or start fewer at a time"));
    }

    private Optional<Reason> memory(List<ProcessEntry> processes) {
        OptionalLong most = limits.get(Kind.MEMORY);
        if (most.isEmpty()) return Optional.empty();
        long resident = 0;
        for (ProcessEntry process : processes) resident += Math.max(0, process.residentBytes());
        if (resident <= most.getAsLong()) return Optional.empty();
        // Pages that processes share were counted for each of them; only now is the exact figure worth its price.
        long exact = new MemoryUse(table).of(processes);
        if (exact <= most.getAsLong()) return Optional.empty();
        return Optional.of(Reason.of(
                "limit.memory",
                "The session uses " + exact + " bytes of memory, " + most.getAsLong() + " are allowed",
                "raise the limit, or let the program use less"));
    }

    private Optional<Reason> age(List<ProcessEntry> processes) {
        OptionalLong longest = limits.get(Kind.WALL_CLOCK);
        if (longest.isEmpty()) return Optional.empty();
        for (ProcessEntry process : processes) {
            if (table.ageMillis(process) - AGE_TOLERANCE_MILLIS > longest.getAsLong()) {
                return Optional.of(Ending.wallClock(longest.getAsLong()).reason());
            }
        }
        return Optional.empty();
    }

    private Optional<Reason> diskGrowth() {
        OptionalLong most = limits.get(Kind.DISK);
        long start = System.nanoTime();
        if (most.isEmpty() || start < nextDiskNanos) return Optional.empty();
        try {
            long growth = disk.measure(() -> closed).bytes() - disk.baseline().orElse(0);
            nextDiskNanos = System.nanoTime() + DISK_REST * (System.nanoTime() - start);
            if (growth <= most.getAsLong()) return Optional.empty();
            return Optional.of(Reason.of(
                    "limit.disk",
                    "The session's files grew by " + growth + " bytes, " + most.getAsLong() + " are allowed",
                    "remove what is not needed, or raise the limit"));
        } catch (IOException e) {
            LoggerFactory.getLogger(LimitWatch.class).warn("The session's files could not be measured", e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }
}
