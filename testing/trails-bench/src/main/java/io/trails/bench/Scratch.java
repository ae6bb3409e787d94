package io.trails.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder for projects that is gone once it is closed. Thread-safe. */
final class Scratch implements AutoCloseable {
    private final Path root;

    private Scratch(Path root) {
        this.root = root;
    }

    static Scratch create() throws IOException {
        return new Scratch(Files.createTempDirectory("trails-bench-").toRealPath());
    }

    Path root() {
        return root;
    }

    /** An empty directory that nobody else uses. */
    Path project() throws IOException {
        return Files.createTempDirectory(root, "project-");
    }

    @Override
    public void close() throws IOException {
        delete(root);
    }

    static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                if (failed != null) throw failed;
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
