package io.trails.internal.engine;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Directories of ours, readable by the user alone. */
final class PrivateFiles {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFiles() {}

    /** Creates the directory and those above it that are missing. What is there must be a directory, not a link to one. */
    static void create(Path directory) {
        try {
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return;
            boolean posix =
                    directory.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix) Files.createDirectories(directory, OWNER_ONLY);
            else Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new TrailsException(
                    "state.unwritable",
                    "Directory " + directory + " cannot be created: " + failed
                            + "; make the state directory writable or choose another with TrailsBuilder.stateDirectory",
                    failed);
        }
    }

    /** Deletes a directory that nobody uses. Does nothing if it is gone, or if there is something in it. */
    static void deleteEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException used) {
            return;
        } catch (IOException failed) {
            throw notDeleted(directory, failed);
        }
    }

    /** Deletes a directory of ours with all in it. Follows no link. Does nothing if it is gone. */
    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new Deletion());
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException failed) {
            throw notDeleted(directory, failed);
        }
    }

    private static TrailsException notDeleted(Path directory, IOException failed) {
        return new TrailsException(
                "state.not-deleted",
                "Directory " + directory + " cannot be deleted: " + failed + "; delete it by hand",
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
