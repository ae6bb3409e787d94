package io.trails.dagger.internal.files;

import java.util.HashMap;
import java.util.Map;

/**
 * Tells what a user did to a file from what becomes of it when another name of the same file is taken away, which changes the time of
 * its inode. Single-threaded.
 */
final class OtherNames {
    /** How a file was when the first of its names was taken away, by inode. */
    private final Map<Long, FileStamp> before = new HashMap<>();

    /** A name is gone of what was in that state right before. */
    void oneGone(FileStamp was) {
        if (was.type() == FileType.FILE && was.inode() != 0) before.putIfAbsent(was.inode(), was);
    }

    /** Whether nobody else touched it. */
    boolean isSame(FileStamp known, FileStamp now) {
        if (known.sameAs(now)) return true;
        FileStamp was = before.get(now.inode());
        return was != null && known.sameAs(was) && known.sameContentAs(now) && known.mode() == now.mode();
    }
}
