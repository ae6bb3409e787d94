package io.trails.internal.workspace;

import io.trails.internal.workspace.FileStamp.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Looks at files in one system call each, and never follows a symbolic link. */
final class StampReader {
    private static final String UNIX = "unix:mode,ino,nlink,size,lastModifiedTime,ctime";

    private final boolean unix;

    StampReader(Path root) {
        unix = root.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    FileStamp read(Path file) throws IOException {
        return unix ? fromUnix(file) : fromBasic(file);
    }

    private static FileStamp fromUnix(Path file) throws IOException {
        Map<String, Object> values = Files.readAttributes(file, UNIX, LinkOption.NOFOLLOW_LINKS);
        return new FileStamp(
                (Integer) value(values, "mode"),
                (Long) value(values, "size"),
                nanos((FileTime) value(values, "lastModifiedTime")),
                nanos((FileTime) value(values, "ctime")),
                (Long) value(values, "ino"),
                (Integer) value(values, "nlink"),
                Evidence.Time.SETTLED);
    }

    private static Object value(Map<String, Object> values, String name) throws IOException {
        Object value = values.get(name);
        if (value == null) throw new IOException("The file system gives no " + name);
        return value;
    }

    private static FileStamp fromBasic(Path file) throws IOException {
        BasicFileAttributes values = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        int type = 0;
        if (values.isRegularFile()) type = FileStamp.FILE;
        if (values.isDirectory()) type = FileStamp.DIRECTORY;
        if (values.isSymbolicLink()) type = FileStamp.LINK;
        return new FileStamp(type, values.size(), nanos(values.lastModifiedTime()), 0, 0, 0, Evidence.Time.SETTLED);
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
