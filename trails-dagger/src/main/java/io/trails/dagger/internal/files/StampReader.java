package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads stamps: one system call each where the platform has inodes, and no link followed at the end of a path. */
final class StampReader {
    private static final String ATTRIBUTES = "unix:mode,ino,size,lastModifiedTime,ctime,fileKey";
    private static final int TYPE_BITS = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;
    private static final int LINK = 0120000;
    private static final int PERMISSIONS = 0777;

    /** Longer than the tick by which kernels set the times of files. */
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(20);

    private final boolean inodes;

    StampReader(Path root) {
        inodes = root.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** Empty if there is nothing, or something that is neither file nor directory nor link. */
    Optional<FileStamp> find(Path path) throws IOException {
        try {
            return read(path);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** Empty for what is neither file nor directory nor link. */
    Optional<FileStamp> read(Path path) throws IOException {
        return inodes ? inode(attributes(path)) : basics(path);
    }

    /**
     * Asks by its path for what a held folder does not tell of a file. Empty for what is neither file nor directory nor link.
     *
     * @param key of the file that is meant
     * @throws ChangedMeanwhileException if the path leads to another one
     */
    Optional<FileStamp> find(Path path, Object key) throws IOException {
        if (!inodes) return find(path);
        try {
            Map<String, Object> values = attributes(path);
            if (key.equals(values.get("fileKey"))) return inode(values);
        } catch (FileSystemException unreachable) {
            // It was there in its folder.
        }
        throw new ChangedMeanwhileException(path.toString());
    }

    private static Map<String, Object> attributes(Path path) throws IOException {
        return Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }

    private static Optional<FileStamp> inode(Map<String, Object> values) {
        int mode = get(values, "mode", Integer.class);
        long inode = get(values, "ino", Long.class);
        int permissions = mode & PERMISSIONS;
        if ((mode & TYPE_BITS) == FOLDER) {
            return Optional.of(new FileStamp(FileType.DIRECTORY, 0, 0, permissions, inode, 0, false));
        }
        long size = get(values, "size", Long.class);
        long modified = nanos(get(values, "lastModifiedTime", FileTime.class));
        long changed = nanos(get(values, "ctime", FileTime.class));
        boolean fresh = isFresh(changed);
        return switch (mode & TYPE_BITS) {
            case REGULAR ->
                Optional.of(new FileStamp(FileType.FILE, size, modified, permissions, inode, changed, fresh));
            case LINK ->
                Optional.of(new FileStamp(FileType.SYMLINK, size, modified, PERMISSIONS, inode, changed, fresh));
            default -> Optional.empty();
        };
    }

    static <T> T get(Map<String, Object> values, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(values.get(name), name));
    }

    private static Optional<FileStamp> basics(Path path) throws IOException {
        BasicFileAttributes read = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (read.isDirectory()) return Optional.of(new FileStamp(FileType.DIRECTORY, 0, 0, 0755, 0, 0, false));
        long modified = nanos(read.lastModifiedTime());
        if (read.isSymbolicLink()) {
            return Optional.of(
                    new FileStamp(FileType.SYMLINK, read.size(), modified, PERMISSIONS, 0, 0, isFresh(modified)));
        }
        if (!read.isRegularFile()) return Optional.empty();
        return Optional.of(new FileStamp(FileType.FILE, read.size(), modified, 0644, 0, 0, isFresh(modified)));
    }

    private static boolean isFresh(long nanos) {
        return nanos > TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - TICK;
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
