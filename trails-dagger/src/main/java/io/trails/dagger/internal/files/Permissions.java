package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nine permission bits of a file as a number. */
final class Permissions {
    /** What a private directory needs so that it can be worked in. */
    static final int PRIVATE = 0700;

    /** With those that give rights away, or nobody would see that they are there. */
    private static final int ALL = 07777;

    private static final int NONE = -1;
    private static final PosixFilePermission[] BY_BIT = PosixFilePermission.values();

    private Permissions() {}

    static Set<PosixFilePermission> of(int mode) {
        var set = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < BY_BIT.length; i++) {
            if ((mode & 0400 >> i) != 0) set.add(BY_BIT[i]);
        }
        return set;
    }

    static int of(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (int i = 0; i < BY_BIT.length; i++) {
            if (permissions.contains(BY_BIT[i])) mode |= 0400 >> i;
        }
        return mode;
    }

    /**
     * Follows no link where nobody else swaps one in, and takes away what gives rights away. Does nothing where the platform has no
     * such bits.
     */
    static void set(Path file, int mode) throws IOException {
        @Nullable
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) return;
        try {
            view.setPermissions(of(mode));
        } catch (FileSystemException closed) {
            // Where no link is followed the file is opened for it, which its mode may forbid even its owner. Newer JDKs
            // open it for writing then, and say of a directory that it is one.
            if (closed instanceof NoSuchFileException || Files.isSymbolicLink(file)) throw closed;
            Files.setPosixFilePermissions(file, of(mode));
        }
    }

    /** Follows no link; what is asked of a platform without such bits is never there. */
    static int get(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) return NONE;
        Map<String, Object> values = Files.readAttributes(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return StampReader.get(values, "mode", Integer.class) & ALL;
    }

    static FileAttribute<?>[] attributes(Path file, int mode) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(of(mode))};
    }
}
