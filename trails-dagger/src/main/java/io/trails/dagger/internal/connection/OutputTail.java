package io.trails.dagger.internal.connection;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of what a program says to people. Thread-safe. */
final class OutputTail {
    private static final int LINES = 200;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (line.isBlank()) return;
        if (lines.size() == LINES) lines.removeFirst();
        lines.addLast(line.strip());
    }

    /** At most so many of the last lines, in one. */
    synchronized String last(int count) {
        return String.join(
                " | ", lines.stream().skip(Math.max(0, lines.size() - count)).toList());
    }
}
