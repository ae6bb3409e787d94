package io.trails.worktree.internal.source;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** A user's index, replaced only if it is still as it was: under git's own lock, which nobody waits for. */
final class IndexFile {
    private final Path file;

    IndexFile(Path gitDirectory) {
        file = gitDirectory.resolve("index");
    }

    /** Of this or of a copy; no bytes if it does not exist. */
    byte[] bytesOf(Path index) {
        try {
            return Files.exists(index) ? Files.readAllBytes(index) : new byte[0];
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    /**
     * Replaces it.
     *
     * @return false if it has changed, or git is changing it
     */
    boolean replace(byte[] expected, Path replacement) {
        Path lock = file.resolveSibling("index.lock");
        try {
            byte[] bytes = Files.readAllBytes(replacement);
            Files.createFile(lock);
            boolean moved = false;
            try {
                if (!Arrays.equals(bytesOf(file), expected)) return false;
                Files.write(lock, bytes);
                // git takes a file for unchanged only if it is older than the index: one that looked younger would hide
                // changes.
                Files.setLastModifiedTime(lock, Files.getLastModifiedTime(replacement));
                Files.move(lock, file, StandardCopyOption.ATOMIC_MOVE);
                moved = true;
                return true;
            } finally {
                if (!moved) Files.deleteIfExists(lock);
            }
        } catch (FileAlreadyExistsException locked) {
            return false;
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private TrailsException unwritten(IOException cause) {
        return new TrailsException(
                "worktree.files-not-written",
                "The index " + file + " could not be replaced: " + cause.getMessage() + "; make room and try again",
                cause);
    }
}
