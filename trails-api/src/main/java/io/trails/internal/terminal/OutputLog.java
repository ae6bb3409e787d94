package io.trails.internal.terminal;

import io.trails.Capture;
import io.trails.Output;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The file a program's output is appended to. Reading the screen costs what was printed since the last time, and never
 * more than {@link #WINDOW}, however long the file is. Thread-safe: the file is read outside the lock.
 */
final class OutputLog {
    static final int WINDOW = 256 * 1024;

    private final Path file;
    private final OutputBound bound;
    private final int columns;
    private final int rows;
    private final Object lock = new Object();
    private TextScreen screen;
    private ControlFilter filter;
    private long position;

    OutputLog(Path file, OutputBound bound, int columns, int rows) {
        this.file = file;
        this.bound = bound;
        this.columns = columns;
        this.rows = rows;
        this.screen = new TextScreen(columns, rows);
        this.filter = new ControlFilter(screen);
    }

    long size() {
        try {
            return Files.size(file);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return 0;
        } catch (IOException e) {
            throw TerminalFiles.unreadable(file, e);
        }
    }

    List<String> lines() {
        long end = size();
        while (true) {
            long from;
            synchronized (lock) {
                if (position >= end) return screen.lines();
                from = position;
            }
            boolean jump = end - from > WINDOW;
            long start = jump ? end - WINDOW : from;
            byte[] bytes = read(start, (int) (end - start));
            synchronized (lock) {
                if (position != from) continue;
                if (jump) restart(start);
                int skip = jump ? wholeText(bytes) : 0;
                filter.feed(bytes, skip, bytes.length - skip);
                position = start + bytes.length;
                return screen.lines();
            }
        }
    }

    private void restart(long start) {
        screen = new TextScreen(columns, rows);
        filter = new ControlFilter(screen);
        position = start;
    }

    /** Where text that starts in the middle of something becomes readable: after a line feed, or at a whole character. */
    private static int wholeText(byte[] bytes) {
        for (int i = 0; i < bytes.length / 2; i++) if (bytes[i] == '\n') return i + 1;
        int skip = 0;
        while (skip < 3 && skip < bytes.length && (bytes[skip] & 0xc0) == 0x80) skip++;
        return skip;
    }

    /** What was printed between two sizes, bounded as the output of any command. */
    Output between(long from, long to) {
        long size = to - from;
        int most = Capture.DEFAULT.maxBytes();
        if (size <= most && size <= bound.kept()) return Output.of(read(from, (int) size));
        byte[] head = read(from, most / 2);
        // In this order: what is not old by now was whole when it was read.
        if (size() - from > bound.kept()) head = new byte[0];
        int tail = (int) Math.min(most / 2, bound.kept());
        return Output.of(head, read(to - tail, tail), size, Optional.empty());
    }

    /** Where the bytes begin that are certainly kept. */
    long oldest() {
        return Math.max(0, size() - bound.kept());
    }

    /** What there is from a position on, none if it is not that long. */
    byte[] from(long position, int most) {
        long there = size() - position;
        return there <= 0 ? new byte[0] : read(position, (int) Math.min(Math.min(most, there), WINDOW));
    }

    private byte[] read(long from, int length) {
        byte[] bytes = new byte[length];
        // Not a channel: an interrupt would close it, and reading a file is no wait.
        try (var input = new RandomAccessFile(file.toFile(), "r")) {
            input.seek(from);
            int count = 0;
            while (count < length) {
                int more = input.read(bytes, count, length - count);
                if (more < 0) return Arrays.copyOf(bytes, count);
                count += more;
            }
            return bytes;
        } catch (FileNotFoundException removed) {
            return new byte[0];
        } catch (IOException e) {
            throw TerminalFiles.unreadable(file, e);
        }
    }
}
