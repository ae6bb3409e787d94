package io.trails.internal.state;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A directory of trails' own below the state directory, for the user alone. A repository can ship a link in place of each
 * directory on the way there: none is followed, be it to create, to use or to delete. Immutable.
 *
 * <p>All methods throw {@code state.symlink} and {@code state.not-a-directory}.
 */
public final class OwnDirectory {
    private static final int MOST_TRIES = 100;
    private static final long PAUSE_NANOS = 2_000_000;

    private final Path state;
    private final Path path;

    /** @param path below the state directory */
    OwnDirectory(Path state, Path path) {
        this.state = state;
        this.path = path;
    }

    public Path path() {
        return path;
    }

    public OwnDirectory resolve(String name) {
        return new OwnDirectory(state, path.resolve(name));
    }

    /** Creates it and those above it that are missing. */
    public void create() {
        Path next = state;
        for (Path name : state.relativize(path)) {
            next = next.resolve(name);
            StateDirectory.create(next);
        }
    }

    /**
     * Makes sure that its path leads to it and nowhere else.
     *
     * @return whether it is there
     */
    public boolean check() {
        Path next = state;
        for (Path name : state.relativize(path)) {
            next = next.resolve(name);
            if (!StateDirectory.isThere(next)) return false;
        }
        return true;
    }

    /** Deletes it unless there is something in it. Does nothing if it is gone. */
    public void deleteEmpty() {
        if (!check()) return;
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException used) {
            return;
        } catch (IOException failed) {
            throw notDeleted(failed);
        }
    }

    /** Deletes it with all in it; of a link in it, the link. Does nothing if it is gone. */
    public void delete() {
        if (!check()) return;
        try {
            for (int tries = 1; !deleted(tries == MOST_TRIES); tries++) LockSupport.parkNanos(PAUSE_NANOS);
        } catch (IOException failed) {
            throw notDeleted(failed);
        }
    }

    /** @return false if something was written there meanwhile, unless that is the last straw */
    private boolean deleted(boolean last) throws IOException {
        try {
            Files.walkFileTree(path, new Deletion());
        } catch (NoSuchFileException gone) {
            return true;
        } catch (DirectoryNotEmptyException written) {
            if (last) throw written;
            return false;
        }
        return true;
    }

    private TrailsException notDeleted(IOException failed) {
        return new TrailsException(
                "state.not-deleted",
                "Directory " + path + " cannot be deleted: " + failed + "; delete it by hand",
                failed);
    }

    /** Something may still be written while we delete, so what vanishes meanwhile is as good as deleted. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
            if (failed instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
            throw failed;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
            if (failed != null) throw failed;
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
