package io.trails.internal.terminal;

import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Whose turn it is to do something with a terminal: one thread of one JVM. A semaphore and a file lock and no monitor,
 * because it may take seconds and every wait for it must have an end.
 *
 * <p>Two files, because POSIX takes all of a process's locks on a file away as soon as the process closes any descriptor of
 * it: another provider instance of this JVM that tries in vain would set free what this one holds. The JDK's own table of
 * locks does not have that flaw. So the gate is there for the table, and only behind it is the file opened and closed at
 * which other processes look.
 */
final class Turn {
    /** What the name of the gate ends with. */
    static final String GATE = ".gate";

    private static final long RETRY_NANOS = 2_000_000;

    private final Path gate;
    private final Path file;
    private final String awaited;
    private final Semaphore mine = new Semaphore(1, true);

    /**
     * @param awaited what others wait for
     */
    Turn(Path file, String awaited) {
        this.gate = file.resolveSibling(file.getFileName() + GATE);
        this.file = file;
        this.awaited = awaited;
    }

    /** Held until released. */
    interface Held {
        void release();
    }

    /** Waits for the turn, and gives up after the patience. */
    Optional<Held> take(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            if (!mine.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) return Optional.empty();
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for " + awaited, e);
        }
        boolean taken = false;
        try {
            Optional<FileLock> behindGate = lock(gate, deadline);
            if (behindGate.isEmpty()) return Optional.empty();
            try {
                Optional<FileLock> lock = lock(file, deadline);
                if (lock.isEmpty()) return Optional.empty();
                taken = true;
                return Optional.of(() -> release(lock.get(), behindGate.get()));
            } finally {
                if (!taken) close(behindGate.get());
            }
        } catch (IOException e) {
            throw TerminalFiles.unreadable(file, e);
        } finally {
            if (!taken) mine.release();
        }
    }

    private Optional<FileLock> lock(Path path, long deadline) throws IOException {
        FileChannel channel = PrivateFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            Optional<FileLock> lock = lock(channel, deadline);
            locked = lock.isPresent();
            return lock;
        } finally {
            if (!locked) channel.close();
        }
    }

    private Optional<FileLock> lock(FileChannel channel, long deadline) throws IOException {
        while (true) {
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException heldInThisJvm) {
                // Another provider instance of this JVM has it: for us the same as another JVM.
                lock = null;
            }
            if (lock != null) return Optional.of(lock);
            if (System.nanoTime() - deadline >= 0) return Optional.empty();
            if (Thread.interrupted()) {
                throw new TrailsInterruptedException("waiting for " + awaited, new InterruptedException());
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /** The gate opens last: who passes it must be free to close the file it opens. */
    private void release(FileLock lock, FileLock behindGate) {
        try {
            try {
                close(lock);
            } finally {
                close(behindGate);
            }
        } catch (IOException e) {
            throw TerminalFiles.unreadable(file, e);
        } finally {
            mine.release();
        }
    }

    /** Not the channel is kept but its lock: the JDK forgets one that nobody refers to. */
    private static void close(FileLock lock) throws IOException {
        lock.acquiredBy().close();
    }
}
