package io.trails.worktree.internal.snapshot;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.LoggerFactory;

/** Temporary files of our own. */
final class PrivateFiles {
    private PrivateFiles() {}

    static TrailsException failed(String what, IOException cause) {
        return new TrailsException(
                "worktree.scratch-failed", what + ": " + cause.getMessage() + "; make room and try again", cause);
    }

    /** As far as it can be deleted. */
    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failed) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LoggerFactory.getLogger(PrivateFiles.class).debug("Temporary files stay in {}", directory, e);
        }
    }
}
