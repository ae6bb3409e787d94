package io.trails.worktree.internal.merge;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.GitCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A private directory for what a merge needs only while it is prepared: indexes, and files for hooks. Single-threaded. */
final class MergeScratch implements AutoCloseable {
    private final Path directory;

    private MergeScratch(Path directory) {
        this.directory = directory;
    }

    static MergeScratch open() {
        try {
            return new MergeScratch(Files.createTempDirectory("trails-merge-"));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** A path for an index that nobody has written yet. */
    Path index() {
        return directory.resolve("index-" + System.nanoTime());
    }

    /** A directory in it. */
    Path folder(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    Path write(String name, String content) {
        try {
            return Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** A call that works on an index of ours. */
    static GitCall on(Path index, GitCall call) {
        return call.with("GIT_INDEX_FILE", index.toString());
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) delete(file);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** git makes its objects read-only, which some systems take for a reason to keep them. */
    private static void delete(Path file) throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                    || !file.toFile().setWritable(true)) throw kept;
            Files.deleteIfExists(file);
        }
    }

    private static TrailsException unwritable(IOException e) {
        return new TrailsException(
                "worktree.merge-unprepared",
                "The system's folder for temporary files cannot be used to prepare a merge; make room in it: "
                        + e.getMessage(),
                e);
    }
}
