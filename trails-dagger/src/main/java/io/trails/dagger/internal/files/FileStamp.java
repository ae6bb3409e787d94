package io.trails.dagger.internal.files;

import java.util.Objects;

/**
 * How to tell whether a file was touched without reading it. Immutable.
 *
 * @param size in bytes; 0 for a directory
 * @param modified nanoseconds since 1970; 0 for a directory
 * @param mode the nine permission bits; 0777 for a link
 * @param inode 0 where the platform has none
 * @param changed when its inode changed last, nanoseconds since 1970; 0 where the platform does not say, or for a directory
 * @param fresh written so shortly before it was looked at that another write might leave the same stamp
 */
public record FileStamp(FileType type, long size, long modified, int mode, long inode, long changed, boolean fresh) {
    public FileStamp {
        Objects.requireNonNull(type, "type");
    }

    /** Whether both tell of the same state, as far as stamps can. A directory stays itself whatever is put into it. */
    public boolean sameAs(FileStamp other) {
        return type == other.type
                && size == other.size
                && modified == other.modified
                && mode == other.mode
                && changed == other.changed
                && (inode == other.inode || type == FileType.DIRECTORY);
    }

    /** The stamp of a file we gave a time between the ticks at which kernels give theirs, so that a write after it shows. */
    FileStamp ours() {
        boolean coarse = type == FileType.FILE && modified % 1_000_000 == 0;
        return new FileStamp(type, size, modified, mode, inode, changed, fresh && coarse);
    }

    /** Whether both tell of the same content, whatever its permissions and links are. */
    boolean sameContentAs(FileStamp other) {
        return type == other.type
                && size == other.size
                && modified == other.modified
                && (inode == other.inode || type == FileType.DIRECTORY);
    }
}
