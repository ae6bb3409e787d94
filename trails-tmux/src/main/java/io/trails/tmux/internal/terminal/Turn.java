package io.trails.tmux.internal.terminal;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What only one may do at a time, in this JVM and, where they see the terminal's files, in all. It ends with the JVM that has
 * it. Thread-safe.
 */
final class Turn {
    private final Semaphore here = new Semaphore(1, true);
    private final Optional<Path> file;
    private final String doing;

    /** @param doing what is waited for, for whoever is interrupted */
    Turn(Optional<Path> file, String doing) {
        this.file = file;
        this.doing = doing;
    }

    /** A turn, to be given back. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for one's turn; empty if it does not come in time. */
    Optional<Held> take(Patience patience) {
        try {
            if (!here.tryAcquire(patience.left().toNanos(), TimeUnit.NANOSECONDS)) return Optional.empty();
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException(doing, e);
        }
        boolean held = false;
        try {
            if (file.isEmpty()) {
                held = true;
                return Optional.of(here::release);
            }
            Optional<Held> locked = lock(file.get(), patience);
            held = locked.isPresent();
            return locked;
        } finally {
            if (!held) here.release();
        }
    }

    private Optional<Held> lock(Path path, Patience patience) {
        FileChannel channel = open(path);
        boolean kept = false;
        try {
            while (true) {
                FileLock lock = tryLock(channel, path);
                if (lock != null) {
                    // Held until it is closed, with its channel.
                    kept = true;
                    return Optional.of(() -> release(channel, path));
                }
                if (patience.over()) return Optional.empty();
                patience.pause(doing);
            }
        } finally {
            if (!kept) close(channel, path);
        }
    }

    private void release(FileChannel channel, Path path) {
        try {
            close(channel, path);
        } finally {
            here.release();
        }
    }

    private static FileChannel open(Path path) {
        try {
            if (Files.exists(path)) return FileChannel.open(path, StandardOpenOption.WRITE);
            return FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel, Path path) {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException another) {
            return null;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static void close(FileChannel channel, Path path) {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static TrailsException unreadable(Path path, IOException cause) {
        return new TrailsException(
                "terminal.unreadable", path + ", a file of a terminal, cannot be used: " + cause, cause);
    }
}
