package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** A directory with nothing in it but ours. */
final class PrivateTree {
    private PrivateTree() {}

    static Path create(Path directory) throws IOException {
        return Files.createDirectory(directory, Permissions.attributes(directory, Permissions.PRIVATE));
    }

    /** Takes it away with all that is in it, and nothing behind its links. What stays is tried again by the next one. */
    static void delete(Path tree) {
        try {
            deleteAll(tree);
        } catch (IOException undeleted) {
            LoggerFactory.getLogger(PrivateTree.class).warn("{} is left over: {}", tree, undeleted.toString());
        }
    }

    static void deleteAll(Path path) throws IOException {
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Permissions.set(path, Permissions.PRIVATE);
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                    for (Path entry : entries) deleteAll(entry);
                }
            }
            Files.deleteIfExists(path);
        } catch (NoSuchFileException othersWereFaster) {
            // Then it is gone as well.
        }
    }

    /** Deletes what processes left that ended over it. */
    static void deleteAbandoned(Path directory, String prefix) {
        deleteAbandoned(directory, prefix, name -> true);
    }

    static void deleteAbandoned(Path directory, String prefix, Predicate<String> unused) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, entry -> {
            String name = String.valueOf(entry.getFileName());
            return unused.test(name) && Owner.isAbandoned(name, prefix);
        })) {
            for (Path entry : entries) delete(entry);
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(PrivateTree.class)
                    .warn("{} cannot be tidied: {}", directory, unreadable.toString());
        }
    }
}
