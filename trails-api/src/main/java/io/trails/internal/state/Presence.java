package io.trails.internal.state;

import io.trails.internal.files.OwnerOnly;
import io.trails.internal.files.ThisProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A sign that an instance lives: a file under a lock, which the operating system lifts when the process ends in whatever
 * way. Its name starts with the {@linkplain ThisProcess process}: files of one's own process are never opened to look at
 * their lock, since closing them again would lift it. The file goes when the instance is closed.
 */
final class Presence {
    private static final String SUFFIX = ".lock";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final Path file;
    private final String id;
    private final FileChannel channel;

    /** Kept because the JDK forgets a lock that nobody refers to. */
    private final FileLock lock;

    private Presence(Path file, String id, FileChannel channel, FileLock lock) {
        this.file = file;
        this.id = id;
        this.channel = channel;
        this.lock = lock;
    }

    /** Enters the directory, which exists. */
    static Presence enter(Path instances) throws IOException {
        String process = ThisProcess.token();
        while (true) {
            String id = process + "-" + Long.toString(System.nanoTime() & Long.MAX_VALUE, 36);
            Presence presence = enter(instances.resolve(id + SUFFIX), id);
            if (presence != null) return presence;
        }
    }

    /** Null if the name is taken, or if a sweeper came between creation and lock. */
    private static @Nullable Presence enter(Path file, String id) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file(file));
        } catch (FileAlreadyExistsException taken) {
            return null;
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                return new Presence(file, id, channel, lock);
        } catch (IOException | RuntimeException | Error failure) {
            try {
                channel.close();
                Files.deleteIfExists(file);
            } catch (IOException unclosed) {
                failure.addSuppressed(unclosed);
            }
            throw failure;
        }
        channel.close();
        return null;
    }

    String id() {
        return id;
    }

    void leave() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            if (lock.isValid()) channel.close();
        }
    }

    /** Whether the instance lives. When that cannot be found out, it does: nobody touches what is its. */
    static boolean isAlive(Path instances, String id) {
        if (!isWellFormed(id)) return false;
        Path file = instances.resolve(id + SUFFIX);
        if (id.startsWith(ThisProcess.token() + "-")) return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel probe = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            // Shared, so that two who look at the same time do not take each other for the owner.
            return !canLock(probe, true);
        } catch (NoSuchFileException left) {
            return false;
        } catch (IOException unknown) {
            return true;
        }
    }

    /** Removes what dead instances left. Called under the lock of the state. */
    static void sweep(Path instances) throws IOException {
        String own = ThisProcess.token() + "-";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(instances)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX) && !name.startsWith(own)) sweepOne(file);
            }
        }
    }

    private static void sweepOne(Path file) throws IOException {
        try (FileChannel probe = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            // Deleted while it is locked: an instance that is just entering sees that its file is gone.
            if (canLock(probe, false)) Files.deleteIfExists(file);
        } catch (NoSuchFileException left) {
            return;
        }
    }

    /** The lock goes with the channel. */
    private static boolean canLock(FileChannel channel, boolean shared) throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            try {
                return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
            } catch (OverlappingFileLockException anotherThreadLooks) {
                if (System.nanoTime() - deadline >= 0) return false;
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Ids come from a file that anybody may have written: they must not lead elsewhere. */
    private static boolean isWellFormed(String id) {
        if (id.isEmpty() || id.length() > 100) return false;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') return false;
        }
        return true;
    }
}
