package io.trails.internal.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The end of a file of the log, where the next record goes.
 *
 * @param last the last record in it
 * @param end up to where its lines are whole
 * @param unterminated whether the last of them lacks its line break
 * @param torn what a crash left of a line behind them
 */
record AuditTail(AuditLink last, long end, boolean unterminated, String torn) {
    private static final int BLOCK = 8 * 1024;

    static AuditTail empty() {
        return new AuditTail(AuditLink.NONE, 0, false, "");
    }

    /** The same after one more whole line. */
    AuditTail after(AuditLink line, long newEnd) {
        return new AuditTail(line, newEnd, false, "");
    }

    /** Reads backwards, no further than to the last line that is a record. */
    static AuditTail read(RandomAccessFile file) throws IOException {
        long length = file.length();
        for (long block = BLOCK; ; block *= 4) {
            long from = Math.max(0, length - block);
            byte[] bytes = new byte[(int) (length - from)];
            file.seek(from);
            file.readFully(bytes);
            int lineEnd = lastBreak(bytes, bytes.length) + 1;
            if (lineEnd == 0 && from > 0) continue;
            byte[] rest = Arrays.copyOfRange(bytes, lineEnd, bytes.length);
            AuditLink unterminated = AuditLink.in(rest, 0, rest.length);
            if (!unterminated.isNone()) return new AuditTail(unterminated, length, true, "");
            AuditLink last = lastRecord(bytes, lineEnd, from == 0);
            if (last.isNone() && from > 0) continue;
            return new AuditTail(last, from + lineEnd, false, new String(rest, StandardCharsets.UTF_8));
        }
    }

    /** @param whole whether the bytes start where a line does */
    private static AuditLink lastRecord(byte[] bytes, int end, boolean whole) {
        int to = end - 1;
        while (to > 0) {
            int from = lastBreak(bytes, to) + 1;
            if (from == 0 && !whole) return AuditLink.NONE;
            AuditLink link = AuditLink.in(bytes, from, to);
            if (!link.isNone()) return link;
            to = from - 1;
        }
        return AuditLink.NONE;
    }

    private static int lastBreak(byte[] bytes, int before) {
        int at = before - 1;
        while (at >= 0 && bytes[at] != '\n') at--;
        return at;
    }
}
