package io.trails.internal.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Writes down which commands of a sandbox are running, for {@link LostCommands} to end them if this JVM is killed. The file
 * is locked while the JVM lives. A command takes its line out when it has ended, so what it left in the background, such
 * as the program of a terminal, is not in it. Thread-safe; the lock is held over a file only to open and to delete it.
 */
final class CommandRecord implements AutoCloseable {
    static final String PREFIX = "running-";
    /** Stands for the process of a command that is being started. */
    static final long UNKNOWN = 0;

    /** A mark has about 120 characters at most. */
    private static final int LINE = 192;

    private final Path file;
    private final Object lock = new Object();
    private final BitSet lines = new BitSet();
    private final Map<String, Integer> lineOf = new HashMap<>();
    private @Nullable FileChannel channel;
    private boolean closed;

    /**
     * A record that is not there yet.
     *
     * @param usable whether anybody could tell the processes by what is written
     */
    CommandRecord(Path directory, String execMarks, boolean usable) {
        file = directory.resolve(
                PREFIX + ProcessHandle.current().pid() + "-" + Integer.toHexString(execMarks.hashCode()));
        closed = !usable;
    }

    /** The files of other JVMs. */
    static boolean isForeign(String name) {
        return name.startsWith(PREFIX)
                && !name.startsWith(PREFIX + ProcessHandle.current().pid() + "-");
    }

    /** Before a command starts. */
    void enter(String execMark) {
        FileChannel open;
        int line;
        synchronized (lock) {
            open = open();
            if (open == null) return;
            line = lines.nextClearBit(0);
            lines.set(line);
            lineOf.put(execMark, line);
        }
        write(open, line, execMark + " " + UNKNOWN);
    }

    void started(String execMark, long pid) {
        FileChannel open;
        Integer line;
        synchronized (lock) {
            open = channel;
            line = lineOf.get(execMark);
        }
        if (open != null && line != null) write(open, line, execMark + " " + pid);
    }

    void leave(String execMark) {
        FileChannel open;
        Integer line;
        synchronized (lock) {
            open = channel;
            line = lineOf.remove(execMark);
        }
        if (open == null || line == null) return;
        write(open, line, "");
        synchronized (lock) {
            lines.clear(line);
        }
    }

    private @Nullable FileChannel open() {
        if (closed || channel != null) return channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock untilClosed = channel.lock();
            if (!untilClosed.isValid()) throw new IOException("The lock was lost");
        } catch (IOException e) {
            failed(e);
            closed = true;
        }
        return channel;
    }

    private void write(FileChannel open, int line, String text) {
        byte[] bytes = (text + " ".repeat(LINE - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            open.write(ByteBuffer.wrap(bytes), (long) line * LINE);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Commands run all the same. */
    private void failed(IOException e) {
        LoggerFactory.getLogger(CommandRecord.class)
                .debug("If this host is killed, its running commands will not be found in {}", file, e);
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (channel == null) return;
            try {
                Files.deleteIfExists(file);
                channel.close();
            } catch (IOException e) {
                failed(e);
            }
            channel = null;
        }
    }
}
