package io.trails.daggerdouble.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What {@code lstat} says of a file; times in nanoseconds. */
record Stat(int type, int mode, long inode, long size, long mtime, long ctime) {

    static final int PIPE = 0010000;
    static final int DIRECTORY = 0040000;
    static final int REGULAR = 0100000;
    static final int LINK = 0120000;
    static final int SOCKET = 0140000;

    static Stat of(Path file) throws IOException {
        Map<String, Object> read =
                Files.readAttributes(file, "unix:mode,ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
        int mode = (int) number(read, "mode");
        return new Stat(
                mode & 0170000,
                mode & 07777,
                number(read, "ino"),
                number(read, "size"),
                nanos(read, "lastModifiedTime"),
                nanos(read, "ctime"));
    }

    /** Whether an engine that compares files by these takes two for the same. */
    boolean looksLike(Stat other) {
        return type == other.type && mode == other.mode && size == other.size && mtime == other.mtime;
    }

    private static long number(Map<String, Object> read, String name) {
        return read.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static long nanos(Map<String, Object> read, String name) {
        return read.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
    }
}
