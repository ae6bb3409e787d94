package io.trails.worktree.internal.changes;

import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code diff-tree --raw -p -z} prints: records, a NUL, and the lines of a patch, of each of which no more is kept than
 * asked for. Single-threaded.
 */
final class PatchInput {
    private static final int BUFFER = 65_536;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private byte[] kept = new byte[512];
    private int length;
    private int at;
    private int end;
    private boolean present;
    private boolean whole;

    PatchInput(InputStream in) {
        this.in = in;
    }

    /** The records before the patch. */
    List<RawChange> records() throws IOException {
        var records = new ArrayList<RawChange>();
        while (fill() && buffer[at] == ':') {
            RepoPath meta = field();
            List<RepoPath> paths = RawChange.isRename(meta) ? List.of(field(), field()) : List.of(field());
            records.add(RawChange.parse(meta, new RecordFields(paths)));
        }
        if (fill()) at++;
        return records;
    }

    private RepoPath field() throws IOException {
        length = 0;
        readTo((byte) 0, Integer.MAX_VALUE);
        return RepoPath.of(Arrays.copyOf(kept, length));
    }

    /**
     * Goes to the next line, if there is one.
     *
     * @param most of its bytes that are kept
     */
    void advance(int most) throws IOException {
        length = 0;
        present = fill();
        if (present) readTo((byte) '\n', most);
    }

    private void readTo(byte stop, int most) throws IOException {
        whole = true;
        while (fill()) {
            int from = at;
            while (at < end && buffer[at] != stop) at++;
            keep(from, Math.min(at - from, most - length));
            if (length == most) whole = false;
            if (at < end) {
                at++;
                return;
            }
        }
    }

    private void keep(int from, int count) {
        if (length + count > kept.length) kept = Arrays.copyOf(kept, Math.max(length + count, kept.length * 2));
        System.arraycopy(buffer, from, kept, length, count);
        length += count;
    }

    private boolean fill() throws IOException {
        if (at < end) return true;
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }

    /** Whether there is a line. */
    boolean isPresent() {
        return present;
    }

    /** Whether all of the line was kept, for sure. */
    boolean isWhole() {
        return whole;
    }

    /** The first byte of the line; 0 if there is none. */
    char sign() {
        return length == 0 ? 0 : (char) (kept[0] & 0xff);
    }

    int length() {
        return length;
    }

    /** The line without its end. */
    String text() {
        return new String(kept, 0, length, StandardCharsets.UTF_8);
    }

    /** The line without its first byte and its end. */
    String textAfterSign() {
        return new String(kept, 1, length - 1, StandardCharsets.UTF_8);
    }
}
