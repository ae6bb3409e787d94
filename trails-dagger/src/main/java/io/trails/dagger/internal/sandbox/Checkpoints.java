package io.trails.dagger.internal.sandbox;

import io.trails.Checkpoint;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoints of a session: what is told of each in a file, with the pending changes of then. Containers are not in it: they
 * last no longer than their engine's session. Single-threaded, in the session's turn, but for {@link #all()}.
 */
final class Checkpoints {
    private final Path directory;
    private final Path file;

    Checkpoints(Path own) {
        directory = own.resolve("checkpoints");
        file = directory.resolve("list");
    }

    /**
     * What is known of one.
     *
     * @param operations how many commands had been run
     */
    record Entry(Checkpoint checkpoint, int operations) {}

    /** Oldest first. */
    List<Entry> all() {
        var entries = new ArrayList<Entry>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8))
                read(line).ifPresent(entries::add);
        } catch (NoSuchFileException noneYet) {
            return List.of();
        } catch (IOException e) {
            throw new TrailsException("dagger.files-unreadable", file + " cannot be read; make it readable", e);
        }
        return entries;
    }

    Optional<Entry> find(String id) {
        return all().stream()
                .filter(entry -> entry.checkpoint().id().equals(id))
                .findFirst();
    }

    /** Where the pending changes of a checkpoint lie, or are to lie. */
    Path pendingOf(Checkpoint checkpoint) {
        return directory.resolve("pending-" + coded(checkpoint.id()));
    }

    /** Remembers one; before that, what belongs to it must be there. */
    void add(Entry entry) {
        var lines = new StringBuilder();
        for (Entry known : all()) lines.append(written(known));
        lines.append(written(entry));
        try {
            Files.createDirectories(directory);
            Path next = directory.resolve("list.new");
            Files.writeString(next, lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new TrailsException(
                    "dagger.files-unwritable", file + " cannot be written; make room or make it writable", e);
        }
    }

    private static String written(Entry entry) {
        Checkpoint checkpoint = entry.checkpoint();
        return String.join(
                        " ",
                        coded(checkpoint.id()),
                        coded(checkpoint.session()),
                        coded(checkpoint.label()),
                        checkpoint.createdAt().toString(),
                        Integer.toString(entry.operations()))
                + "\n";
    }

    private static Optional<Entry> read(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 5) return Optional.empty();
        try {
            var checkpoint =
                    new Checkpoint(decoded(words[0]), decoded(words[1]), decoded(words[2]), Instant.parse(words[3]));
            return Optional.of(new Entry(checkpoint, Integer.parseInt(words[4])));
        } catch (IllegalArgumentException | DateTimeException foreign) {
            return Optional.empty();
        }
    }

    private static String coded(String text) {
        // Never empty, so that a line always has its words.
        return "b" + Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String word) {
        return new String(Base64.getUrlDecoder().decode(word.substring(1)), StandardCharsets.UTF_8);
    }
}
