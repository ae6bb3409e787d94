package io.trails.internal.state;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes the directories of the state. A repository can ship a link in their place: none is followed. */
final class StateDirectory {
    private static final byte[] IGNORE = """
            # Written by trails. settings.json is yours to commit, the rest belongs to this machine.
            *
            !settings.json
            """.getBytes(StandardCharsets.UTF_8);

    private StateDirectory() {}

    /** The directory of all state, with the file that hides it from git. */
    static void prepare(Path directory) {
        create(directory);
        Path ignore = directory.resolve(".gitignore");
        if (Files.exists(ignore, LinkOption.NOFOLLOW_LINKS)) return;
        try {
            Files.write(ignore, IGNORE, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException anotherProcessWasFirst) {
            return;
        } catch (IOException refused) {
            throw unwritable(directory, refused);
        }
    }

    /** Creates the directory for its owner alone; one that exists keeps its permissions. */
    static void create(Path directory) {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return;
        if (Files.isSymbolicLink(directory)) throw symlink(directory);
        if (Files.exists(directory)) {
            throw new TrailsException(
                    "state.not-a-directory",
                    directory + " is in the place of the state directory but is none; move it away, or choose another"
                            + " place with TrailsBuilder.stateDirectory");
        }
        try {
            Path parent = directory.getParent();
            if (parent != null) Files.createDirectories(parent);
            Files.createDirectory(directory, attributes(directory));
        } catch (FileAlreadyExistsException anotherProcessWasFirst) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw unwritable(directory, anotherProcessWasFirst);
            }
        } catch (IOException refused) {
            throw unwritable(directory, refused);
        }
    }

    private static FileAttribute<?>[] attributes(Path directory) {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) return new FileAttribute<?>[0];
        Set<PosixFilePermission> owner = Set.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)};
    }

    static TrailsException symlink(Path path) {
        return new TrailsException(
                "state.symlink",
                path
                        + " is a symbolic link, which trails does not follow because a repository can ship one; remove it, or"
                        + " give the directory it means to TrailsBuilder.stateDirectory");
    }

    /** Why something could not be written in a directory that was there before. */
    static TrailsException refused(Path directory, IOException refused) {
        if (!(refused instanceof NoSuchFileException) || Files.exists(directory)) return unwritable(directory, refused);
        return new TrailsException(
                "state.missing",
                "The state directory " + directory
                        + " is gone; somebody deleted or moved it while it was in use: bring it"
                        + " back, or close this Trails and create a new one",
                refused);
    }

    static TrailsException unwritable(Path directory, IOException refused) {
        if (refused instanceof FileSystemException failed && failed.getFile() != null) {
            Path file = Path.of(failed.getFile());
            if (Files.isSymbolicLink(file)) return symlink(file);
        }
        return new TrailsException(
                "state.unwritable",
                "The state directory " + directory + " cannot be written (" + reason(refused)
                        + "); make it writable for this user, or choose another one with TrailsBuilder.stateDirectory",
                refused);
    }

    /** The system's own words: they are for the reader, nobody looks into them. */
    static String reason(IOException refused) {
        String message = refused.getMessage();
        String kind = refused.getClass().getSimpleName();
        return message == null ? kind : kind + ": " + message;
    }
}
