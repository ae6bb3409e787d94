package io.trails.tmux.internal.server;

import io.trails.TrailsInterruptedException;
import io.trails.tmux.internal.line.LineLostException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Lets many change a server, in any JVM, or one connect to it. Thread-safe.
 *
 * <p>Who changes locks one byte of a file that others hardly choose, who connects locks all of them: the JDK refuses a lock
 * that overlaps another one of the same JVM even if both may be shared.
 */
final class ServerLock implements AutoCloseable {
    private static final long FIRST_PAUSE = 50_000;
    private static final long LONGEST_PAUSE = 2_000_000;

    /** After that, whoever comes later waits: those who want to connect look again before the next share begins. */
    private static final Duration LONGEST_SHARE = Duration.ofMillis(100);

    private static final long PAUSE_AFTER_LONG_SHARE = LONGEST_PAUSE + 1_000_000;

    private final Optional<Path> file;
    private final long longestShare;
    private final long position = ThreadLocalRandom.current().nextLong(1L << 40);
    private final Object state = new Object();
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private @Nullable FileLock lock;
    private int sharers;
    private int wanting;
    private boolean exclusive;
    private long sharedSince;
    private long notBefore = System.nanoTime();

    /** @param file in a private directory of the host, or empty where there is only this JVM */
    ServerLock(Optional<Path> file) {
        this(file, LONGEST_SHARE);
    }

    ServerLock(Optional<Path> file, Duration longestShare) {
        this.file = file;
        this.longestShare = longestShare.toNanos();
    }

    /** What is held until closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    Optional<Held> shared(Duration patience) {
        return await(patience, this::tryShared, this::releaseShared);
    }

    Optional<Held> exclusive(Duration patience) {
        synchronized (state) {
            wanting++;
        }
        try {
            return await(patience, this::tryExclusive, this::releaseExclusive);
        } finally {
            synchronized (state) {
                wanting--;
            }
        }
    }

    private interface Attempt {
        boolean succeeds();
    }

    private static Optional<Held> await(Duration patience, Attempt attempt, Held release) {
        if (attempt.succeeds()) return Optional.of(release);
        long deadline = System.nanoTime() + patience.toNanos();
        long pause = FIRST_PAUSE;
        while (System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(pause);
            if (Thread.interrupted()) {
                throw new TrailsInterruptedException("waiting for the tmux server", new InterruptedException());
            }
            if (attempt.succeeds()) return Optional.of(release);
            pause = Math.min(LONGEST_PAUSE, pause * 2);
        }
        return Optional.empty();
    }

    private boolean tryShared() {
        synchronized (state) {
            long now = System.nanoTime();
            if (exclusive || wanting > 0 || now - notBefore < 0) return false;
            if (sharers > 0 && now - sharedSince > longestShare) return false;
            if (sharers == 0) {
                if (!lockFile(position, 1, true)) return false;
                sharedSince = now;
            }
            sharers++;
            return true;
        }
    }

    private void releaseShared() {
        synchronized (state) {
            if (--sharers > 0) return;
            unlockFile();
            long now = System.nanoTime();
            if (now - sharedSince > longestShare) notBefore = now + PAUSE_AFTER_LONG_SHARE;
        }
    }

    private boolean tryExclusive() {
        synchronized (state) {
            if (exclusive || sharers > 0 || !lockFile(0, Long.MAX_VALUE, false)) return false;
            exclusive = true;
            return true;
        }
    }

    private void releaseExclusive() {
        synchronized (state) {
            exclusive = false;
            unlockFile();
        }
    }

    private boolean lockFile(long from, long length, boolean share) {
        if (file.isEmpty()) return true;
        try {
            FileChannel open = open(file.get());
            lock = open.tryLock(from, length, share);
            if (lock == null) return false;
            if (Objects.equals(key, keyOf(file.get()))) return true;
            // Somebody deleted the file: the lock keeps out nobody who comes later.
            closeFile();
            return false;
        } catch (OverlappingFileLockException heldInThisJvm) {
            return false;
        } catch (NoSuchFileException e) {
            closeFile();
            Path directory = file.get().toAbsolutePath().getParent();
            if (directory != null && Files.isDirectory(directory)) return false;
            if (share) return true;
            throw new LineLostException("The directory of the tmux server was removed", e);
        } catch (IOException e) {
            LoggerFactory.getLogger(ServerLock.class).debug("The lock of a tmux server cannot be used", e);
            closeFile();
            return share;
        }
    }

    private FileChannel open(Path path) throws IOException {
        FileChannel open = channel;
        if (open != null) return open;
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            FileChannel.open(
                            path,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))
                    .close();
        }
        // Of a file that is replaced meanwhile nobody knows which of the two was opened.
        Object before = keyOf(path);
        open = FileChannel.open(
                path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        channel = open;
        key = Objects.equals(before, keyOf(path)) ? before : "replaced";
        return open;
    }

    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                ? Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .fileKey()
                : "gone";
    }

    private void unlockFile() {
        FileLock held = lock;
        lock = null;
        if (held == null) return;
        try {
            held.release();
        } catch (IOException e) {
            closeFile();
        }
    }

    private void closeFile() {
        FileChannel open = channel;
        channel = null;
        lock = null;
        if (open == null) return;
        try {
            open.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(ServerLock.class).debug("The lock of a tmux server did not close", e);
        }
    }

    /** Deletes its file, while it is held exclusively. Who waits for the lock finds that out and makes another one. */
    void forget() {
        if (file.isEmpty()) return;
        try {
            Files.deleteIfExists(file.get());
        } catch (IOException e) {
            LoggerFactory.getLogger(ServerLock.class).debug("The lock of a tmux server stays", e);
        }
    }

    @Override
    public void close() {
        synchronized (state) {
            closeFile();
        }
    }
}
