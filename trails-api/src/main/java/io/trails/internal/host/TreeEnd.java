package io.trails.internal.host;

import io.trails.internal.host.cgroup.SessionGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Ends processes for good: asks, waits, kills, and looks again until nobody is left. */
final class TreeEnd {
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /**
     * So many may multiply faster than they are killed one by one: freeze them all first, which is one system call each
     * from a single small program. Whoever multiplies without end still needs a limit that the kernel keeps.
     */
    private static final int MANY = 32;

    private static final int ROUNDS_BEFORE_FREEZING = 3;

    private final ProcessTable table;
    private final List<SessionGroup> groups;

    TreeEnd(ProcessTable table) {
        this(table, List.of());
    }

    /** With the help of control groups that hold nobody else. */
    TreeEnd(ProcessTable table, List<SessionGroup> groups) {
        this.table = table;
        this.groups = List.copyOf(groups);
    }

    /**
     * Returns when nobody is left, or after a bounded time with those who are. An interrupt does not shorten it; the flag
     * is set again.
     *
     * @param graceMillis between asking and killing; 0 kills at once
     */
    List<ProcessEntry> end(Supplier<List<ProcessEntry>> living, long graceMillis) {
        boolean interrupted = Thread.interrupted();
        try {
            List<ProcessEntry> left = living.get();
            if (graceMillis > 0 && !left.isEmpty()) left = ask(living, left, graceMillis);
            return left.isEmpty() ? left : kill(living, left);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private List<ProcessEntry> ask(Supplier<List<ProcessEntry>> living, List<ProcessEntry> first, long graceMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(graceMillis);
        Set<Long> asked = new HashSet<>();
        List<ProcessEntry> left = first;
        long pause = POLL_NANOS / 4;
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            for (ProcessEntry process : left) {
                if (asked.add(process.pid())) table.end(process, false);
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, 4 * POLL_NANOS);
            left = living.get();
        }
        return left;
    }

    private List<ProcessEntry> kill(Supplier<List<ProcessEntry>> living, List<ProcessEntry> first) {
        long deadline = System.nanoTime() + GIVE_UP_NANOS;
        List<ProcessEntry> left = first;
        for (int round = 1; !left.isEmpty() && System.nanoTime() < deadline; round++) {
            for (SessionGroup group : groups) group.kill();
            if (left.size() > MANY || round > ROUNDS_BEFORE_FREEZING) freeze(left);
            for (ProcessEntry process : left) table.end(process, true);
            LockSupport.parkNanos(POLL_NANOS / 4);
            left = living.get();
        }
        return left;
    }

    private void freeze(List<ProcessEntry> processes) {
        var pids = new ArrayList<Long>();
        for (ProcessEntry process : processes) {
            if (table.find(process.pid()).filter(process::sameAs).isPresent()) pids.add(process.pid());
        }
        try {
            KillCommand.send("STOP", pids);
        } catch (IOException noRoomForOneMore) {
            // Killing goes on without it; the caller sees who is left.
            return;
        }
    }
}
