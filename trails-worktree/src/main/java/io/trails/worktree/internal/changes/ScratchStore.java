package io.trails.worktree.internal.changes;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.GitCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.LoggerFactory;

/**
 * A directory for objects and indexes that nobody needs afterwards; the repository's own objects are seen through it. Not
 * thread-safe.
 */
final class ScratchStore implements AutoCloseable {
    private final Path directory;
    private final String objects;
    private final String alternate;

    private ScratchStore(Path directory, Path objects, Path alternate) {
        this.directory = directory;
        this.objects = objects.toString();
        this.alternate = quoted(alternate.toString());
    }

    /** @param alternate the repository's objects */
    static ScratchStore over(Path alternate) {
        try {
            Path directory = Files.createTempDirectory("trails-changes-");
            return new ScratchStore(directory, Files.createDirectory(directory.resolve("objects")), alternate);
        } catch (IOException e) {
            throw new TrailsException(
                    "worktree.scratch-unwritable",
                    "The directory for temporary files cannot be written; make room or set java.io.tmpdir",
                    e);
        }
    }

    /** The separator of the variable may occur in a path. */
    private static String quoted(String path) {
        return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** The same call, with what it writes going here. */
    GitCall on(GitCall call) {
        return call.with("GIT_OBJECT_DIRECTORY", objects)
                .with("GIT_ALTERNATE_OBJECT_DIRECTORIES", alternate)
                .with("GIT_INDEX_FILE", directory.resolve("none").toString())
                // A split index would leave its shared part in the repository, and a hook is told of every index that is written.
                .config("core.splitIndex", "false")
                .config("core.hooksPath", directory.resolve("none").toString())
                .config("core.sparseCheckout", "false")
                .config("index.sparse", "false");
    }

    Path index(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(directory, new Deletion());
        } catch (IOException | UncheckedIOException e) {
            LoggerFactory.getLogger(ScratchStore.class).warn("{} could not be deleted", directory, e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failed) throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
        }
    }
}
