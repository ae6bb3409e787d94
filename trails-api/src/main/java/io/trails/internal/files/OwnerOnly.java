package io.trails.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** With what something is created that its owner alone may use, from its first instant. Nothing where permissions differ. */
public final class OwnerOnly {
    private OwnerOnly() {}

    /** For a file. */
    public static FileAttribute<?>[] file(Path file) {
        return attributes(file, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }

    /** For a directory. */
    public static FileAttribute<?>[] directory(Path directory) {
        return attributes(
                directory,
                Set.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE));
    }

    /** Whether others may use it in some way. */
    public static boolean isOpen(Path file) throws IOException {
        if (!isPossible(file)) return false;
        for (PosixFilePermission permission : Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)) {
            // The owner's come first.
            if (permission.compareTo(PosixFilePermission.OWNER_EXECUTE) > 0) return true;
        }
        return false;
    }

    private static boolean isPossible(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path file, Set<PosixFilePermission> permissions) {
        if (!isPossible(file)) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }
}
