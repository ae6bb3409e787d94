package io.trails.dagger.internal.files;

import java.util.Objects;

/**
 * How to tell whether a file was touched without reading it. Immutable.
 *
 * @param size in bytes; 0 for a directory
 * @param modified nanoseconds since 1970; 0 for a directory
 * @param mode the nine permission bits
 * @param inode 0 where the platform has none
 * @param changed when its inode changed last, nanoseconds since 1970; 0 where the platform does not say, or for a directory
 * @param digest of its content, for a file that was written so shortly before that another write might leave the same
 *     stamp; {@code ""} where nobody computed one, {@link #SETTLED} where none is needed
 */
public record FileStamp(FileType type, long size, long modified, int mode, long inode, long changed, String digest) {
    /** The digest of a file that cannot be written any more without its stamp telling it. */
    public static final String SETTLED = "-";

    public FileStamp {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(digest, "digest");
    }

    /** Whether both tell of the same state, as far as stamps can. */
    public boolean sameAs(FileStamp other) {
        return type == other.type
                && size == other.size
                && modified == other.modified
                && mode == other.mode
                && inode == other.inode
                && changed == other.changed;
    }
}
