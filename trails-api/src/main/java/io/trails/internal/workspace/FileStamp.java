package io.trails.internal.workspace;

/**
 * What one look at a file tells without reading it. Numbers the platform does not give are 0.
 *
 * @param mode type and permission bits as in {@code st_mode}
 * @param mtime nanoseconds since the epoch
 * @param ctime nanoseconds since the epoch
 * @param evidence what the look alone does not tell
 */
record FileStamp(int mode, long size, long mtime, long ctime, long inode, int links, Evidence evidence) {
    private static final int TYPE = 0170000;
    static final int DIRECTORY = 0040000;
    static final int FILE = 0100000;
    static final int LINK = 0120000;

    /** What was kept of the content when the session started. */
    sealed interface Evidence {
        /** The time of the last change suffices: whatever is written later has another one. */
        enum Time implements Evidence {
            SETTLED,
            /** It was written so recently that a later write may leave the same time. */
            RECENT
        }

        /**
         * A hash of the content.
         *
         * @param recent as in {@link Time#RECENT}
         */
        record Hash(long value, boolean recent) implements Evidence {}

        /** Where a symbolic link points to. */
        record Target(String text) implements Evidence {}
    }

    int type() {
        return mode & TYPE;
    }

    int permissions() {
        return mode & ~TYPE;
    }

    boolean isDirectory() {
        return type() == DIRECTORY;
    }

    FileStamp with(Evidence other) {
        return new FileStamp(mode, size, mtime, ctime, inode, links, other);
    }

    /** Whether nothing that a look tells hints at a write in between. */
    boolean looksLike(FileStamp other) {
        return size == other.size && mtime == other.mtime && ctime == other.ctime && inode == other.inode;
    }
}
