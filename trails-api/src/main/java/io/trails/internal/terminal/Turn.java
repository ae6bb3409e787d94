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
 */
final class Turn {
    private static final long RETRY_NANOS = 2_000_000;

    private final Path file;
    private final String awaited;
    private final Semaphore mine = new Semaphore(1, true);

    /**
     * @param awaited what others wait for
     */
    Turn(Path file, String awaited) {
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
            FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                Optional<FileLock> lock = lock(channel, deadline);
                if (lock.isEmpty()) return Optional.empty();
                taken = true;
                return Optional.of(() -> release(channel));
            } finally {
                if (!taken) channel.close();
            }
        } catch (IOException e) {
            throw TerminalFiles.unreadable(file, e);
        } finally {
            if (!taken) mine.release();
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

    private void release(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw TerminalFiles.unreadable(file, e);
        } finally {
            mine.release();
        }
    }
}
