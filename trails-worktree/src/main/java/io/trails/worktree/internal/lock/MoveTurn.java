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
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Whose turn it is to move a branch together with the files of the tree it is checked out in: git lets go of the index before it
 * moves the branch, and who comes between would leave files behind that no commit has. It is no lock but a note with an end: a
 * turn is over when its holder says so, when its holder's process is seen to be gone, or when its time is up, whatever happens to the
 * processes that run meanwhile. Single-threaded.
 */
public final class MoveTurn implements AutoCloseable {
    private static final long PAUSE_MILLIS = 10;
    private static final int FIELDS = 5;

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
        long self = ProcessHandle.current().pid();
        return self + " " + born(self).orElse(0) + " " + end.toEpochMilli() + " " + place() + " " + UUID.randomUUID();
    }

    /** Where process ids mean the same: a holder elsewhere cannot be looked for. */
    private static String place() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException unknown) {
            return "here";
        }
    }

    /**
     * By the count of the kernel, where there is one: when a process was started, as JVMs say it, moves with the clock.
     *
     * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>, field 22
     */
    private static OptionalLong born(long process) {
        if (!Files.exists(Path.of("/proc/self/stat"))) {
            Optional<ProcessHandle> known = ProcessHandle.of(process);
            if (known.isEmpty()) return OptionalLong.empty();
            Instant start = known.get().info().startInstant().orElse(Instant.EPOCH);
            return OptionalLong.of(start.toEpochMilli());
        }
        try {
            String line = Files.readString(Path.of("/proc/" + process + "/stat"), StandardCharsets.ISO_8859_1);
            // The name before the last parenthesis may hold anything.
            return OptionalLong.of(
                    Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[19]));
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
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
            if (!fields[3].equals(place())) return true;
            return born(Long.parseLong(fields[0])).equals(OptionalLong.of(Long.parseLong(fields[1])));
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
