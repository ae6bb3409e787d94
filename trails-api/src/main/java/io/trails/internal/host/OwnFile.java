package io.trails.internal.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that this provider keeps about a session: its owner alone may use it, where there are such permissions. */
final class OwnFile {
    private OwnFile() {}

    /** Creates it, empty. */
    static Path create(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) return Files.createFile(file);
        var owner = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        return Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    }
}
