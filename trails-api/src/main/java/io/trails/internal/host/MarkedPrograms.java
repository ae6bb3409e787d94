package io.trails.internal.host;

import io.trails.TrailsException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The programs of a session that somebody else holds, by their marks. Thread-safe. */
final class MarkedPrograms {
    private static final long GRACE_MILLIS = 1_000;

    private final ProcessTable table;

    /** Of those seen alive: who cleared its environment can only be told by whom it was seen with. */
    private final Map<String, ProcessFamily> seen = new ConcurrentHashMap<>();

    MarkedPrograms(ProcessTable table) {
        this.table = table;
    }

    /** Refuses a mark that could not be told from others, or not be found at all. */
    void check(String mark) {
        if (!table.readsVariables()) {
            throw new TrailsException(
                    "sandbox.unsupported", "Without /proc this system finds no processes by a mark; use Linux");
        }
        if (!mark.matches("[A-Za-z0-9._/-]+")) {
            throw new IllegalArgumentException("'" + mark + "' is no mark: only letters, digits, '-', '.', '_', '/'");
        }
    }

    boolean isAlive(String mark) {
        check(mark);
        ProcessFamily family = family(mark);
        boolean alive = family.isAlive();
        if (alive) seen.putIfAbsent(mark, family);
        else seen.remove(mark);
        return alive;
    }

    boolean end(String mark) {
        check(mark);
        ProcessFamily family = family(mark);
        boolean gone = !family.isAlive()
                || new TreeEnd(table).end(family::living, GRACE_MILLIS).isEmpty();
        if (gone) seen.remove(mark);
        return gone;
    }

    private ProcessFamily family(String mark) {
        ProcessFamily known = seen.get(mark);
        return known != null ? known : new ProcessFamily(table, Marks.TERMINAL, mark);
    }
}
