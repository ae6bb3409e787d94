package io.trails.dagger.internal.exec;

import io.trails.Output;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The first and the last bytes of a stream, in bounded memory. Single-threaded. */
final class KeptBytes {
    private static final int FIRST = 8 * 1024;

    private final int headLimit;
    private final int tailLimit;
    private byte[] head = new byte[0];
    private int inHead;
    /** The last bytes that are not in the head, as a ring once it is full. */
    private byte[] tail = new byte[0];

    private int tailAt;
    private long inTail;
    private long size;

    KeptBytes(int maxBytes) {
        tailLimit = maxBytes / 2;
        headLimit = maxBytes - tailLimit;
    }

    void add(byte[] bytes, int from, int length) {
        size += length;
        int toHead = Math.min(length, headLimit - inHead);
        head = roomFor(head, inHead + toHead, headLimit);
        System.arraycopy(bytes, from, head, inHead, toHead);
        inHead += toHead;
        addToTail(bytes, from + toHead, length - toHead);
    }

    private void addToTail(byte[] bytes, int from, int length) {
        inTail += length;
        int start = from + Math.max(0, length - tailLimit);
        int left = from + length - start;
        if (left == 0 || tailLimit == 0) return;
        tail = roomFor(tail, (int) Math.min(tailLimit, Math.max(inTail, left)), tailLimit);
        while (left > 0) {
            if (tailAt == tailLimit) tailAt = 0;
            int part = Math.min(left, tailLimit - tailAt);
            System.arraycopy(bytes, start, tail, tailAt, part);
            tailAt += part;
            start += part;
            left -= part;
        }
    }

    private static byte[] roomFor(byte[] buffer, int needed, int limit) {
        if (needed <= buffer.length) return buffer;
        long grown = Math.max(Math.max(needed, FIRST), 2L * buffer.length);
        return Arrays.copyOf(buffer, (int) Math.min(limit, grown));
    }

    /** What was kept, the whole of it being in a file if there is one. */
    Output output(Optional<Path> file) {
        return Output.of(Arrays.copyOf(head, inHead), lastBytes(), size, file);
    }

    private byte[] lastBytes() {
        if (inTail <= tailLimit) return Arrays.copyOf(tail, (int) inTail);
        var last = new byte[tailLimit];
        if (tailLimit == 0) return last;
        int oldest = tailAt % tailLimit;
        System.arraycopy(tail, oldest, last, 0, tailLimit - oldest);
        System.arraycopy(tail, 0, last, tailLimit - oldest, oldest);
        return last;
    }
}
