package io.trails.internal.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Mutual exclusion between processes, and between instances in one JVM whichever class loader they come from, by two empty
 * files. Thread-safe. Links are not followed.
 *
 * <p>Two, because POSIX takes all of a process's locks on a file away as soon as the process closes any descriptor of
 * it: an instance that closes its channel would set free what another one in the same JVM holds. The JDK's own table of
 * locks does not have that flaw. So the gate is there for the table, which lets one channel of this JVM through, and only
 * behind the gate is the file opened and closed at which other processes look.
 */
public final class InterProcessLock {
    private static final long FIRST_PAUSE = 100_000;
    private static final long LONGEST_PAUSE = 5_000_000;

    private final Path gate;
    private final Path file;

    /** The lock of that name in a directory, where it creates {@code <name>.gate} and {@code <name>.lock}. */
    public InterProcessLock(Path directory, String name) {
        gate = directory.resolve(name + ".gate");
        file = directory.resolve(name + ".lock");
    }

    /**
     * Waits for the lock. An interrupt does not end the wait, and is kept.
     *
     * @throws LockTimeoutException if others held it all the time
     */
    public Held acquire(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        Step behindGate = enter(gate, deadline);
        try {
            return new Held(behindGate, enter(file, deadline));
        } catch (IOException | RuntimeException | Error failure) {
            behindGate.closeAfter(failure);
            throw failure;
        }
    }

    private static Step enter(Path path, long deadline) throws IOException {
        FileChannel channel = open(path);
        try {
            return new Step(channel, await(path, channel, deadline));
        } catch (IOException | RuntimeException | Error failure) {
            new Step(channel, null).closeAfter(failure);
            throw failure;
        }
    }

    private static FileChannel open(Path path) throws IOException {
        try {
            return FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    OwnerOnly.file(path));
        } catch (IOException refused) {
            if (!Files.isSymbolicLink(path)) throw refused;
            // The JDK does not name the file.
            var link = new FileSystemException(path.toString(), null, "is a symbolic link");
            link.initCause(refused);
            throw link;
        }
    }

    private static FileLock await(Path path, FileChannel channel, long deadline) throws IOException {
        long pause = FIRST_PAUSE;
        boolean interrupted = false;
        try {
            while (true) {
                FileLock lock = tryLock(channel);
                if (lock != null) return lock;
                if (System.nanoTime() - deadline >= 0) throw new LockTimeoutException(path + " is held by others");
                LockSupport.parkNanos(pause);
                interrupted |= Thread.interrupted();
                pause = Math.min(pause * 2, LONGEST_PAUSE);
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }

    /** The JDK forgets a lock that nobody refers to, so it is kept here as long as the channel. */
    private record Step(FileChannel channel, @Nullable FileLock lock) {
        void closeAfter(Throwable failure) {
            try {
                channel.close();
            } catch (IOException unclosed) {
                failure.addSuppressed(unclosed);
            }
        }
    }

    /** The lock, held until closed. */
    public static final class Held implements Closeable {
        private final Step gate;
        private final Step file;

        private Held(Step gate, Step file) {
            this.gate = gate;
            this.file = file;
        }

        @Override
        public void close() throws IOException {
            try {
                file.channel.close();
            } finally {
                gate.channel.close();
            }
        }
    }
}
