package io.trails.dagger.internal.files;

import io.trails.TrailsException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The index of a store, as numbered files of which the last counts. A change is a new file whose number nobody else
 * has got: who comes second looks again and repeats its change, so processes need no lock and a crash leaves none.
 * Thread-safe.
 */
final class Generations {
    private static final String PREFIX = "index-";
    private static final String UNFINISHED = ".tmp";
    private static final int ATTEMPTS = 1_000;

    private final Path directory;
    private final Preparation before;
    private final Runnable added;

    /** Makes what an index names hold, but for what an index names that was to hold itself. */
    interface Preparation {
        void force(PendingIndex next, PendingIndex forced) throws IOException;
    }

    /** @param before an index is made to outlive a power cut, which is done to all it names */
    Generations(Path directory, Preparation before) {
        this(directory, before, () -> {});
    }

    /** @param added told when a change is there and nobody has looked yet what else is */
    Generations(Path directory, Preparation before, Runnable added) {
        this.directory = directory;
        this.before = before;
        this.added = added;
    }

    PendingIndex read() {
        try {
            return newest().index();
        } catch (IOException unreadable) {
            throw failure("read", unreadable);
        }
    }

    /**
     * Changes the index.
     *
     * @param durable whether it must outlive a power cut, and not only a kill
     * @param change may be called several times
     * @return what was written
     */
    PendingIndex update(boolean durable, UnaryOperator<PendingIndex> change) {
        try {
            UUID id = UUID.randomUUID();
            for (int i = 0; i < ATTEMPTS; i++) {
                Generation last = newest();
                // It had been added, and others went on from there before that was seen.
                if (last.changes().contains(id)) return last.index();
                // So that there is always one to go back to, without forcing what comes now.
                if (!durable && last.durable() == 0) {
                    boolean ignored = tryAdd(last.next(UUID.randomUUID(), last.index(), true));
                    continue;
                }
                PendingIndex next = change.apply(last.index());
                if (next.equals(last.index())) return next;
                boolean forced = last.durable() == last.number();
                if (durable) before.force(next, forced ? last.index() : PendingIndex.empty());
                if (tryAdd(last.next(id, next, durable))) return next;
            }
            throw new IOException("others change it all the time");
        } catch (IOException unwritable) {
            throw failure("written", unwritable);
        }
    }

    /** Grows whenever the index changes, whoever changes it. */
    long version() {
        try {
            return newest().number();
        } catch (IOException unreadable) {
            throw failure("read", unreadable);
        }
    }

    private TrailsException failure(String what, IOException cause) {
        return new TrailsException(
                "dagger.pending-unusable",
                "What is pending in " + directory + " cannot be " + what + ": " + cause
                        + "; make room or repair the directory, nothing in it is lost",
                cause);
    }

    private Generation newest() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            List<Long> numbers = numbers();
            IOException torn = null;
            boolean vanished = false;
            for (long number : numbers) {
                try {
                    return IndexCodec.decode(number, bytes(file(number))).after(numbers.get(0));
                } catch (NoSuchFileException | FileNotFoundException replacedMeanwhile) {
                    vanished = true;
                    break;
                } catch (IOException unreadable) {
                    // A power cut tears what was not meant to outlive one; the one before it does.
                    torn = unreadable;
                }
            }
            if (vanished) continue;
            if (torn != null) throw torn;
            return Generation.none();
        }
        throw new IOException("others change it all the time");
    }

    /** By a stream, as a channel would be closed by an interrupt of the calling thread. */
    private static byte[] bytes(Path file) throws IOException {
        try (var in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    private boolean tryAdd(Generation next) throws IOException {
        long number = next.number();
        boolean durable = next.durable() == number;
        Path unfinished = directory.resolve(PREFIX + UUID.randomUUID() + UNFINISHED);
        try {
            try (var out = new FileOutputStream(unfinished.toFile())) {
                out.write(IndexCodec.encode(next));
                if (durable) out.getFD().sync();
            }
            Files.createLink(file(number), unfinished);
        } catch (FileAlreadyExistsException othersWereFaster) {
            return false;
        } finally {
            Files.deleteIfExists(unfinished);
        }
        added.run();
        List<Long> numbers = numbers();
        // A number that was free because its file was replaced and deleted long ago.
        if (numbers.get(0) > number) {
            Files.deleteIfExists(file(number));
            return false;
        }
        if (durable) ForcedContents.forceDirectory(directory);
        for (long old : numbers) {
            if (old < number && old != next.durable()) Files.deleteIfExists(file(old));
        }
        return true;
    }

    private Path file(long number) {
        return directory.resolve(PREFIX + number);
    }

    /** The last first. */
    private List<Long> numbers() throws IOException {
        var numbers = new ArrayList<Long>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                String number = file.getFileName().toString().substring(PREFIX.length());
                if (!number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    numbers.add(Long.parseLong(number));
                }
            }
        }
        numbers.sort(Comparator.reverseOrder());
        return numbers;
    }
}
