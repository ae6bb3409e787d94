package io.trails.internal.state;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells one content of the file from another without reading all of it. Immutable.
 *
 * <p>Size, time and key alone do not: writes within one tick of the file system's clock have the same time, and the second
 * of them gets the inode number which the first one set free. So the first bytes count too: generation and writer are in
 * them. The attributes in turn show an edit by hand, which leaves the first bytes alone.
 */
final class Stamp {
    /** How many bytes hold generation and writer. */
    static final int HEAD = 128;

    static final Stamp ABSENT = new Stamp(-1, FileTime.fromMillis(0), null, new byte[0]);

    private final long size;
    private final FileTime modified;
    private final @Nullable Object key;
    private final byte[] head;

    private Stamp(long size, FileTime modified, @Nullable Object key, byte[] head) {
        this.size = size;
        this.modified = modified;
        this.key = key;
        this.head = head;
    }

    /** @param bytes the file's content, or at least as much of it as counts */
    static Stamp of(BasicFileAttributes attributes, byte[] bytes) {
        return new Stamp(
                attributes.size(),
                attributes.lastModifiedTime(),
                attributes.fileKey(),
                Arrays.copyOf(bytes, Math.min(bytes.length, HEAD)));
    }

    boolean same(Stamp other) {
        return size == other.size
                && modified.equals(other.modified)
                && Objects.equals(key, other.key)
                && Arrays.equals(head, other.head);
    }
}
