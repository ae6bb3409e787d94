package io.trails.internal.state;

import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.internal.files.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** Makes the directories of the state. A repository can ship a link in their place: none is followed. */
final class StateDirectory {
    private static final byte[] IGNORE = """
            # Written by trails. settings.json is yours to commit, the rest belongs to this machine.
            *
            !settings.json
            """.getBytes(StandardCharsets.UTF_8);

    private StateDirectory() {}

    /**
     * The directory of all state, with the file that hides it from git, unless the user has one there.
     *
     * @return what the user's leaves visible
     */
    static Optional<Reason> prepare(Path directory) {
        boolean there = isThere(directory);
        if (!there) create(directory);
        Path ignore = directory.resolve(".gitignore");
        try {
            if (there && OwnerOnly.isOpen(directory)) new MachineFiles(directory).close();
            var known = Files.readAttributes(ignore, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean ours = known.isRegularFile() && known.size() == IGNORE.length;
            return ours ? Optional.empty() : visible(directory);
        } catch (NoSuchFileException missing) {
            return hide(directory, ignore);
        } catch (IOException refused) {
            throw unwritable(directory, refused);
        }
    }

    private static Optional<Reason> hide(Path directory, Path ignore) {
        try {
            Files.write(ignore, IGNORE, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException anotherProcessWasFirst) {
            return Optional.empty();
        } catch (IOException refused) {
            throw unwritable(directory, refused);
        }
        return Optional.empty();
    }

    private static Optional<Reason> visible(Path directory) {
        List<String> visible = new IgnoreRules(directory).visible(MachineFiles.NAMES);
        if (visible.isEmpty()) return Optional.empty();
        return Optional.of(
                Reason.of(
                        "state.not-ignored",
                        directory.resolve(".gitignore")
                                + " is not the one that trails writes and lets git see files of this machine,"
                                + " such as " + visible.get(0),
                        "Add the lines '*', '!.gitignore' and '!settings.json' to it, unless git is told elsewhere to ignore them"));
    }

    /** Creates the directory for its owner alone; one that exists keeps its permissions. */
    static void create(Path directory) {
        if (isThere(directory)) return;
        try {
            Path parent = directory.getParent();
            if (parent != null) Files.createDirectories(parent);
            Files.createDirectory(directory, OwnerOnly.directory(directory));
        } catch (FileAlreadyExistsException anotherProcessWasFirst) {
            if (!isThere(directory)) throw unwritable(directory, anotherProcessWasFirst);
        } catch (IOException refused) {
            throw unwritable(directory, refused);
        }
    }

    /** Whether the directory is there. What is in its place must be one, and no link to one. */
    static boolean isThere(Path directory) {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException missing) {
            return false;
        } catch (IOException refused) {
            throw unwritable(directory, refused);
        }
        if (found.isDirectory()) return true;
        if (found.isSymbolicLink()) throw symlink(directory);
        throw new TrailsException(
                "state.not-a-directory",
                directory
                        + " is in the place of the state directory, or of one in it, but is none; move it away, or choose"
                        + " another place with TrailsBuilder.stateDirectory");
    }

    static TrailsException symlink(Path path) {
        return new TrailsException(
                "state.symlink",
                path
                        + " is a symbolic link, which trails does not follow because a repository can ship one; remove it, or"
                        + " have the state elsewhere with TrailsBuilder.stateDirectory");
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
