package io.trails.worktree.internal.snapshot;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.repo.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A place for objects that nobody needs for long, so that what only looks writes nothing into the repository. Commands that are
 * led there still see all objects of the repository. Closing it deletes them. Thread-safe.
 */
public final class ScratchObjects implements AutoCloseable {
    private final Path directory;
    private final String alternates;

    private ScratchObjects(Path directory, Path objects) {
        this.directory = directory;
        // A path may hold the separator; git takes a quoted one whatever it holds.
        alternates = '"' + objects.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * Makes an empty one.
     *
     * @throws TrailsException {@code worktree.scratch-failed} if there is no room for temporary files
     */
    public static ScratchObjects of(Repository repository) {
        Path objects = repository.commonDirectory().resolve("objects");
        try {
            return new ScratchObjects(Files.createTempDirectory("trails-objects-"), objects);
        } catch (IOException e) {
            throw PrivateFiles.failed("A temporary directory could not be created in " + temporary(), e);
        }
    }

    private static String temporary() {
        return System.getProperty("java.io.tmpdir", File.separator);
    }

    /** The same command, writing its objects here. */
    public GitCall on(GitCall call) {
        return call.with("GIT_OBJECT_DIRECTORY", directory.toString())
                .with("GIT_ALTERNATE_OBJECT_DIRECTORIES", alternates);
    }

    /** What cannot be deleted is left to the system that cleans up after all temporary files. */
    @Override
    public void close() {
        PrivateFiles.delete(directory);
    }
}
