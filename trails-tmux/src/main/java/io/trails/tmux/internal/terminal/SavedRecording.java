package io.trails.tmux.internal.terminal;

import io.trails.Recording;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A recording in a file of its own, for the user alone, in the newest format. */
record SavedRecording(Path file) {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Writes it whole or not at all. */
    void write(PaneTape tape) throws IOException {
        Path parent = file.getParent();
        if (parent != null) Files.createDirectories(parent, DIRECTORY);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        boolean written = false;
        try (OutputStream to = new BufferedOutputStream(Channels.newOutputStream(Files.newByteChannel(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE)))) {
            tape.recording().write(Recording.Format.ASCIICAST_V3, to);
            written = true;
        } finally {
            if (!written) Files.deleteIfExists(draft);
        }
        if (Files.isDirectory(file)) throw new FileAlreadyExistsException(file.toString());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
