package io.trails.worktree.internal.populate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What an index keeps of a file, so that git need not read it again to know that it is unchanged. Immutable. Numbers are cut to
 * 32 bits, as git does.
 */
record Stat(int cSeconds, int cNanos, int mSeconds, int mNanos, int device, int inode, int user, int group, int size) {
    private static final String ATTRIBUTES = "unix:ctime,lastModifiedTime,dev,ino,uid,gid,size";
    private static final int NANOS = 1_000_000_000;

    /** Whether the platform tells all of it. */
    static boolean isKnown(FileSystem files) {
        return files.supportedFileAttributeViews().contains("unix");
    }

    /** Of the file itself, never of what a link leads to. */
    static Stat of(Path file) throws IOException {
        Map<String, Object> known = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        long changed = nanos(known, "ctime");
        long modified = nanos(known, "lastModifiedTime");
        return new Stat(
                (int) Math.floorDiv(changed, (long) NANOS),
                Math.floorMod(changed, NANOS),
                (int) Math.floorDiv(modified, (long) NANOS),
                Math.floorMod(modified, NANOS),
                number(known, "dev"),
                number(known, "ino"),
                number(known, "uid"),
                number(known, "gid"),
                number(known, "size"));
    }

    private static long nanos(Map<String, Object> known, String name) throws IOException {
        if (known.get(name) instanceof FileTime time) return time.to(TimeUnit.NANOSECONDS);
        throw new IOException("The platform does not tell " + name);
    }

    private static int number(Map<String, Object> known, String name) throws IOException {
        if (known.get(name) instanceof Number number) return (int) number.longValue();
        throw new IOException("The platform does not tell " + name);
    }

    static Stat read(ByteBuffer index) {
        int cSeconds = index.getInt();
        int cNanos = index.getInt();
        int mSeconds = index.getInt();
        int mNanos = index.getInt();
        int device = index.getInt();
        int inode = index.getInt();
        index.getInt();
        int user = index.getInt();
        int group = index.getInt();
        return new Stat(cSeconds, cNanos, mSeconds, mNanos, device, inode, user, group, index.getInt());
    }

    void write(ByteBuffer index, int mode) {
        index.putInt(cSeconds).putInt(cNanos).putInt(mSeconds).putInt(mNanos);
        index.putInt(device)
                .putInt(inode)
                .putInt(mode)
                .putInt(user)
                .putInt(group)
                .putInt(size);
    }
}
