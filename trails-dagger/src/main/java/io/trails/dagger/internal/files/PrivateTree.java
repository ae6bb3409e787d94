package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
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
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException full) {
            empty(path);
            Files.deleteIfExists(path);
        }
    }

    private static void empty(Path directory) throws IOException {
        try {
            deleteEntries(directory);
        } catch (NoSuchFileException othersWereFaster) {
            // Then it is gone as well.
        } catch (AccessDeniedException readOnly) {
            Permissions.set(directory, Permissions.PRIVATE);
            deleteEntries(directory);
        }
    }

    private static void deleteEntries(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) deleteAll(entry);
        }
    }

    /**
     * Takes a tree away out of which these files were moved.
     *
     * @param files relative to it, with '/' between names
     */
    static void deleteEmptied(Path tree, Collection<String> files) {
        var directories = new TreeSet<String>(Comparator.reverseOrder());
        for (String file : files) {
            for (int end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
                if (!directories.add(file.substring(0, end))) break;
            }
        }
        try {
            for (String directory : directories) Files.deleteIfExists(tree.resolve(directory));
        } catch (IOException notEmpty) {
            // Something else is in it, and goes the long way.
        }
        delete(tree);
    }

    /** Deletes what processes left that ended over it. */
    static void deleteAbandoned(Path directory, String prefix) {
        for (Path tree : abandoned(directory, prefix)) delete(tree);
    }

    /** What processes left that ended over it. */
    static List<Path> abandoned(Path directory, String prefix) {
        var abandoned = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                directory, entry -> Owner.isAbandoned(String.valueOf(entry.getFileName()), prefix))) {
            for (Path entry : entries) abandoned.add(entry);
        } catch (IOException | DirectoryIteratorException unreadable) {
            LoggerFactory.getLogger(PrivateTree.class)
                    .warn("{} cannot be tidied: {}", directory, unreadable.toString());
        }
        return abandoned;
    }
}
