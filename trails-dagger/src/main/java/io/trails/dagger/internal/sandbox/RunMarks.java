package io.trails.dagger.internal.sandbox;

import io.trails.TrailsException;
import io.trails.dagger.internal.files.ProcessBirth;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Which JVMs run something of a session, by a small file for each thing that runs. Another JVM asks for its end by a second file.
 * What a killed JVM left says nothing: an engine ends what nobody waits for. Thread-safe.
 */
final class RunMarks {
    private static final String STOP = ".stop";
    private static final String DRAFT = ".new";
    private static final int RANDOM_BYTES = 8;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path directory;

    RunMarks(Path own) {
        directory = own.resolve("run");
    }

    /** Something that runs. */
    static final class Mark implements AutoCloseable {
        private final Path file;

        private Mark(Path file) {
            this.file = file;
        }

        /** Whether somebody asked for its end. */
        boolean isToStop() {
            return Files.exists(stop(file));
        }

        @Override
        public void close() {
            clear(file);
        }
    }

    /** Says that something runs. */
    Mark begin() {
        var random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        Path file = directory.resolve(HexFormat.of().formatHex(random));
        Path draft = file.resolveSibling(file.getFileName() + DRAFT);
        try {
            Files.createDirectories(directory);
            Files.writeString(draft, self());
            // One that a crash or a full disk left without words would run for ever.
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            discard(draft);
            throw new TrailsException(
                    "dagger.files-unwritable",
                    "Nothing can be written in " + directory + "; make room or make it writable",
                    e);
        }
        return new Mark(file);
    }

    /** Whether a JVM that lives runs something. */
    boolean isRunning() {
        return !running().isEmpty();
    }

    /** Whether another JVM that lives does. */
    boolean isRunningElsewhere() {
        return running().stream().anyMatch(this::isAnothers);
    }

    private boolean isAnothers(Path mark) {
        try {
            return !Files.readString(mark).equals(self());
        } catch (NoSuchFileException endedMeanwhile) {
            return false;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    int count() {
        return running().size();
    }

    /**
     * Asks for the end of everything that runs, and waits for it. What begins meanwhile is asked as well: a host that runs one
     * command after the other would keep others waiting.
     *
     * @return whether all has ended
     */
    boolean stopAll(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (List<Path> running = running(); !running.isEmpty(); running = running()) {
            for (Path mark : running) request(mark);
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) return false;
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    private static void request(Path mark) {
        if (Files.exists(stop(mark))) return;
        try {
            Files.writeString(stop(mark), "");
            if (!Files.exists(mark)) Files.deleteIfExists(stop(mark));
        } catch (IOException e) {
            throw new TrailsException(
                    "dagger.files-unwritable",
                    "Nothing can be written beside " + mark + "; make room or make it writable",
                    e);
        }
    }

    /** Where the last one ended while the directory was read, the next may have begun unseen before: only a second look tells. */
    private List<Path> running() {
        List<Path> living = living();
        return living.isEmpty() ? living() : living;
    }

    private List<Path> living() {
        var living = new ArrayList<Path>();
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(directory)) {
            for (Path mark : marks) {
                if (mark.toString().endsWith(STOP) || mark.toString().endsWith(DRAFT)) continue;
                if (isAlive(mark)) living.add(mark);
                else clear(mark);
            }
        } catch (NoSuchFileException nothingEverRan) {
            return List.of();
        } catch (IOException e) {
            throw unreadable(e);
        }
        return living;
    }

    private TrailsException unreadable(IOException e) {
        return new TrailsException(
                "dagger.files-unreadable", "What runs cannot be read in " + directory + "; make it readable", e);
    }

    private static boolean isAlive(Path mark) throws IOException {
        try {
            String[] words = Files.readString(mark).split(" ", -1);
            if (words.length != 2) return false;
            return ProcessBirth.of(Long.parseLong(words[0]))
                    .filter(words[1]::equals)
                    .isPresent();
        } catch (NoSuchFileException endedMeanwhile) {
            return false;
        } catch (NumberFormatException foreign) {
            return false;
        }
    }

    private static void clear(Path mark) {
        discard(mark);
        discard(stop(mark));
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It names a process that will have ended: who looks next does not count it.
            return;
        }
    }

    private static Path stop(Path mark) {
        return mark.resolveSibling(mark.getFileName() + STOP);
    }

    private static String self() throws IOException {
        return named(ProcessHandle.current().pid());
    }

    /** What is in the file of something that a process runs. */
    static String named(long process) throws IOException {
        return process + " " + ProcessBirth.of(process).orElse("");
    }
}
