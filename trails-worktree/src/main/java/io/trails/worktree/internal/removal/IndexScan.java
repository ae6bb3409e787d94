package io.trails.worktree.internal.removal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells without git that an index is a plain one, as nearly all are, which saves a process. */
final class IndexScan {
    private static final int HEADER = 12;
    private static final int REPOSITORY = 0160000;
    private static final int FILE_TYPE = 0170000;
    private static final int MODE_AT = 24;
    private static final int HASH_AT = 40;
    private static final int ASSUMED_OR_EXTENDED = 0xc000;
    private static final int LENGTH = 0xfff;
    /** The names of extensions are four letters. */
    private static final int LINK = 'l' << 24 | 'i' << 16 | 'n' << 8 | 'k';

    private static final int SPARSE = 's' << 24 | 'd' << 16 | 'i' << 8 | 'r';

    private IndexScan() {}

    /** Whether it has neither repositories nor flags; false where that is not clear. */
    static boolean isPlain(Path index, int hashBytes) throws IOException {
        if (!Files.isRegularFile(index)) return true;
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(index));
        if (bytes.limit() < HEADER + hashBytes || bytes.getInt(0) != 0x44495243) return false;
        int version = bytes.getInt(4);
        if (version != 2 && version != 3) return false;
        int at = HEADER;
        for (int left = bytes.getInt(8); left > 0; left--) {
            int fixed = HASH_AT + hashBytes + 2;
            if (at + fixed > bytes.limit() - hashBytes) return false;
            int flags = bytes.getShort(at + HASH_AT + hashBytes) & 0xffff;
            boolean repository = (bytes.getInt(at + MODE_AT) & FILE_TYPE) == REPOSITORY;
            boolean longName = (flags & LENGTH) == LENGTH;
            if (repository || longName || (flags & ASSUMED_OR_EXTENDED) != 0) return false;
            // Each is filled with one to eight NULs.
            at += (fixed + (flags & LENGTH) + 8) & ~7;
        }
        return !isSplit(bytes, at, hashBytes);
    }

    /** Whether most of it is in another file. */
    private static boolean isSplit(ByteBuffer bytes, int start, int hashBytes) {
        int at = start;
        while (at + 8 <= bytes.limit() - hashBytes) {
            int name = bytes.getInt(at);
            if (name == LINK || name == SPARSE) return true;
            at += 8 + Math.max(0, bytes.getInt(at + 4));
        }
        return false;
    }
}
