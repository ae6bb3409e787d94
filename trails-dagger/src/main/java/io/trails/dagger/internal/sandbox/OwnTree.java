package io.trails.dagger.internal.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Removes what this provider has made itself. */
final class OwnTree {
    private OwnTree() {}

    /** Removes a directory with what is in it. Links are not followed. */
    static void delete(Path directory) {
        try {
            deleteAll(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, with the failure for the caller. */
    static void deleteAll(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isWritable(path)) path.toFile().setWritable(true);
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) deleteAll(entry);
            } catch (NoSuchFileException goneMeanwhile) {
                return;
            }
        }
        Files.deleteIfExists(path);
    }
}
