package io.trails.worktree.internal.lock;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The lock of one repository, a file in its common directory, that all hosts respect. It is held for a few operations on files
 * and never while a process runs; the system releases it when its holder dies. Thread-safe.
 */
public final class RepositoryLock implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 5;

    private final FileChannel channel;
    private final Path file;

    private RepositoryLock(FileChannel channel, Path file) {
        this.channel = channel;
        this.file = file;
    }

    /**
     * Waits for the lock.
     *
     * @param commonDirectory of the repository
     * @throws TrailsException {@code worktree.locked} if others held it for too long; {@code worktree.unwritable}
     */
    public static RepositoryLock acquire(Path commonDirectory) {
        Path file = commonDirectory.resolve("trails").resolve("lock");
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                await(channel, file);
                return new RepositoryLock(channel, file);
            } catch (Throwable failed) {
                channel.close();
                throw failed;
            }
        } catch (IOException e) {
            throw new TrailsException(
                    "worktree.unwritable", "The repository's " + file + " cannot be locked: " + e.getMessage(), e);
        }
    }

    private static void await(FileChannel channel, Path file) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!tryLock(channel)) {
            if (System.nanoTime() > deadline) {
                throw new TrailsException(
                        "worktree.locked",
                        "Others have held " + file + " for " + LIMIT.toSeconds()
                                + " s; look for a process that hangs, and try again");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw new TrailsInterruptedException("waiting for " + file, e);
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** A file that belongs to whoever holds the lock. */
    Path beside(String name) {
        return file.resolveSibling(name);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new TrailsException("worktree.unwritable", "The repository's lock could not be released", e);
        }
    }
}
