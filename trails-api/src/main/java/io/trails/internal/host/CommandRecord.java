package io.trails.internal.host;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Writes down which commands of a sandbox are running, for {@link LostCommands} to end them if this JVM is killed. The file
 * is locked while the JVM lives. A command takes its line out when it has ended, so what it left in the background, such
 * as the program of a terminal, is not in it. Thread-safe.
 *
 * <p>Its lock is held over the file, which waits for nobody: a line goes to the system's memory and is not forced to the
 * disk, since it need not survive the system. It is no channel, since that would close when its thread is interrupted.
 */
final class CommandRecord implements AutoCloseable {
    static final String PREFIX = "running-";
    /** Stands for the process of a command that is being started. */
    static final long UNKNOWN = 0;

    /** A mark has about 120 characters at most. */
    private static final int LINE = 192;

    private final Path directory;
    private final Object lock = new Object();
    private final BitSet lines = new BitSet();
    private final Map<String, Integer> lineOf = new HashMap<>();
    private @Nullable Path path;
    private @Nullable RandomAccessFile file;
    private boolean closed;

    /**
     * A record that is not there yet.
     *
     * @param usable whether anybody could tell the processes by what is written
     */
    CommandRecord(Path directory, boolean usable) {
        this.directory = directory;
        closed = !usable;
    }

    /** With the start of this JVM: in a container the next one often has the same process id. */
    private static String ownPrefix() {
        ProcessHandle self = ProcessHandle.current();
        Instant start = self.info().startInstant().orElse(Instant.EPOCH);
        return PREFIX + self.pid() + "-" + Long.toString(start.toEpochMilli(), Character.MAX_RADIX) + "-";
    }

    /** The files of other JVMs. */
    static boolean isForeign(String name) {
        return name.startsWith(PREFIX) && !name.startsWith(ownPrefix());
    }

    /** Before a command starts. */
    void enter(String execMark) {
        synchronized (lock) {
            if (closed) return;
            if (file == null) open();
            int line = lines.nextClearBit(0);
            lines.set(line);
            lineOf.put(execMark, line);
            write(line, execMark + " " + UNKNOWN);
        }
    }

    void started(String execMark, long pid) {
        synchronized (lock) {
            Integer line = lineOf.get(execMark);
            if (line != null) write(line, execMark + " " + pid);
        }
    }

    void leave(String execMark) {
        synchronized (lock) {
            Integer line = lineOf.remove(execMark);
            if (line == null) return;
            write(line, "");
            lines.clear(line);
        }
    }

    private void open() {
        boolean interrupted = Thread.interrupted();
        try {
            Path created = create();
            path = created;
            file = new RandomAccessFile(created.toFile(), "rw");
            FileLock untilClosed = file.getChannel().tryLock();
            if (untilClosed == null) throw new IOException("Somebody else has locked it");
        } catch (IOException e) {
            failed(e);
            close();
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** Under the first name that no other sandbox of this session has in this JVM. */
    private Path create() throws IOException {
        int number = 0;
        while (true) {
            try {
                return OwnFile.create(directory.resolve(ownPrefix() + number));
            } catch (FileAlreadyExistsException taken) {
                number++;
            }
        }
    }

    private void write(int line, String text) {
        if (file == null) return;
        byte[] bytes = (text + " ".repeat(LINE - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            file.seek((long) line * LINE);
            file.write(bytes);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Commands run all the same. */
    private void failed(IOException e) {
        LoggerFactory.getLogger(CommandRecord.class)
                .debug("If this host is killed, its running commands will not be found in {}", directory, e);
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lineOf.clear();
            try {
                if (path != null) Files.deleteIfExists(path);
                if (file != null) file.close();
            } catch (IOException e) {
                failed(e);
            }
            path = null;
            file = null;
        }
    }
}
