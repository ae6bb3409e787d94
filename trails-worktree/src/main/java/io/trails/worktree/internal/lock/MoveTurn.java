package io.trails.worktree.internal.lock;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Whose turn it is to move a branch together with the files of the tree it is checked out in: git lets go of the index before it
 * moves the branch, and who comes between would leave files behind that no commit has. It is no lock but a note with an end: a
 * turn is over when its holder says so, when its holder's process is gone, or when its time is up, whatever happens to the
 * processes that run meanwhile. Single-threaded.
 */
public final class MoveTurn implements AutoCloseable {
    private static final long PAUSE_MILLIS = 10;
    private static final int FIELDS = 4;

    private final Path commonDirectory;
    private final String note;
    private final boolean taken;

    private MoveTurn(Path commonDirectory, String note, boolean taken) {
        this.commonDirectory = commonDirectory;
        this.note = note;
        this.taken = taken;
    }

    /**
     * Waits for a turn, as long as a turn may take.
     *
     * @param limit how long a turn may take
     * @return the turn, or one that is not taken if nobody made room in time
     * @throws TrailsException {@code worktree.locked}; {@code worktree.unwritable}
     */
    public static MoveTurn take(Path commonDirectory, Duration limit, Clock clock) {
        long deadline = System.nanoTime() + limit.toNanos();
        String note = note(clock.instant().plus(limit));
        while (true) {
            if (tryTake(commonDirectory, note, clock.instant())) return new MoveTurn(commonDirectory, note, true);
            if (System.nanoTime() > deadline) return new MoveTurn(commonDirectory, note, false);
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw new TrailsInterruptedException("waiting for another merge", e);
            }
        }
    }

    /** Unique, so that nobody ends the turn of somebody else. */
    private static String note(Instant end) {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() + " " + started(self) + " " + end.toEpochMilli() + " " + UUID.randomUUID();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static boolean tryTake(Path commonDirectory, String note, Instant now) {
        try (RepositoryLock lock = RepositoryLock.acquire(commonDirectory)) {
            Path file = lock.beside("moving");
            Optional<String> held = read(file);
            if (held.isPresent() && holds(held.get(), now)) return false;
            Files.writeString(file, note);
            return true;
        } catch (IOException e) {
            throw unwritable(commonDirectory, e);
        }
    }

    private static Optional<String> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1)) : Optional.empty();
    }

    /** What cannot be understood was cut short by a crash: no turn began. */
    private static boolean holds(String note, Instant now) {
        String[] fields = note.split(" ", -1);
        if (fields.length != FIELDS) return false;
        try {
            if (now.toEpochMilli() > Long.parseLong(fields[2])) return false;
            Optional<ProcessHandle> holder = ProcessHandle.of(Long.parseLong(fields[0]));
            return holder.filter(process -> started(process) == Long.parseLong(fields[1]))
                    .isPresent();
        } catch (NumberFormatException damaged) {
            return false;
        }
    }

    /** Whether it is the caller's turn. */
    public boolean isTaken() {
        return taken;
    }

    @Override
    public void close() {
        if (!taken) return;
        try (RepositoryLock lock = RepositoryLock.acquire(commonDirectory)) {
            Path file = lock.beside("moving");
            if (read(file).filter(note::equals).isPresent()) Files.delete(file);
        } catch (IOException e) {
            throw unwritable(commonDirectory, e);
        }
    }

    private static TrailsException unwritable(Path commonDirectory, IOException cause) {
        return new TrailsException(
                "worktree.unwritable",
                "The note of who moves a branch cannot be written in " + commonDirectory + ": " + cause.getMessage(),
                cause);
    }
}
