package io.trails.dagger.internal.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Adds up the processes of a program, from a list of all that its container shows. Single-threaded. */
final class ProcessCount {
    private static final int MOST = 100_000;
    private static final long FIRST = 1;
    private static final long NANOS_PER_TICK = 10_000_000;

    private final Map<Long, Event.Listed> processes = new HashMap<>();

    void add(Event.Listed process) {
        if (processes.size() < MOST
                && !process.state().equals("Z")
                && !process.state().equals("X")) {
            processes.put(process.id(), process);
        }
    }

    /**
     * The program with its descendants. Where the container has process numbers of its own, that is all but the bridge.
     *
     * @param pageSize in bytes
     */
    LiveUsage of(Event.Started started, long pageSize) {
        Set<Long> bridge = descendants(started.bridge());
        Set<Long> own = descendants(started.program());
        boolean alone = started.outer() <= FIRST;
        int count = 0;
        long pages = 0;
        long ticks = 0;
        for (Event.Listed process : processes.values()) {
            boolean others = bridge.contains(process.id()) || process.id() == FIRST;
            if (!own.contains(process.id()) && (!alone || others)) continue;
            count++;
            pages += process.pages();
            ticks += process.ticks();
        }
        return new LiveUsage(count, pages * pageSize, Duration.ofNanos(ticks * NANOS_PER_TICK));
    }

    private Set<Long> descendants(long root) {
        var found = new HashSet<Long>();
        found.add(root);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Event.Listed process : processes.values()) {
                if (found.contains(process.parent()) && found.add(process.id())) grown = true;
            }
        }
        return found;
    }
}
