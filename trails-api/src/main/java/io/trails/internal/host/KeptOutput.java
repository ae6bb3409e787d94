package io.trails.internal.host;

import io.trails.Output;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first and the last bytes of a stream, in bounded memory. The reader reads right into the chunk that will keep them,
 * behind what is kept already: a long output would spend a third of its time on being copied once more.
 *
 * <p>Guarded by its owner, except that the reader fills {@link #buffer()} from {@link #from()} on without a lock.
 */
final class KeptOutput {
    private static final int FIRST_CHUNK = 8 * 1024;
    private static final int CHUNK = 64 * 1024;
    /** With less room than this the JDK's stream would read into a buffer of its own first. */
    private static final int LEAST_ROOM = 8 * 1024;

    private final int headLimit;
    private final int tailLimit;
    private byte[] head = new byte[0];
    private int headLength;
    /** Full chunks of the tail, oldest first. */
    private final ArrayDeque<Chunk> tail = new ArrayDeque<>();

    private long inTail;
    private Chunk current = new Chunk(new byte[FIRST_CHUNK]);
    private byte[] spare = new byte[0];
    private long size;

    private static final class Chunk {
        private final byte[] bytes;
        private int start;
        private int end;

        private Chunk(byte[] bytes) {
            this.bytes = bytes;
        }

        private int length() {
            return end - start;
        }
    }

    KeptOutput(int maxBytes) {
        tailLimit = maxBytes / 2;
        headLimit = maxBytes - tailLimit;
    }

    byte[] buffer() {
        return current.bytes;
    }

    int from() {
        return current.end;
    }

    /** That many bytes were read into the buffer. */
    void add(int length) {
        size += length;
        int at = current.end;
        int toHead = Math.min(length, headLimit - headLength);
        if (toHead > 0) {
            head = roomFor(head, headLength + toHead, headLimit);
            System.arraycopy(current.bytes, at, head, headLength, toHead);
            headLength += toHead;
        }
        if (toHead == length) {
            if (length == current.bytes.length && length < CHUNK) current = new Chunk(new byte[CHUNK]);
            return;
        }
        if (current.length() == 0) current.start = at + toHead;
        current.end = at + length;
        inTail += length - toHead;
        if (current.bytes.length - current.end < LEAST_ROOM) nextChunk();
        dropOldest();
    }

    private void nextChunk() {
        tail.addLast(current);
        current = new Chunk(spare.length == 0 ? new byte[CHUNK] : spare);
        spare = new byte[0];
    }

    private void dropOldest() {
        while (!tail.isEmpty() && inTail - tail.getFirst().length() >= tailLimit) {
            Chunk oldest = tail.removeFirst();
            inTail -= oldest.length();
            if (oldest.bytes.length == CHUNK) spare = oldest.bytes;
        }
    }

    private static byte[] roomFor(byte[] buffer, int needed, int limit) {
        if (needed <= buffer.length) return buffer;
        int doubled = (int) Math.min(limit, 2L * buffer.length);
        return Arrays.copyOf(buffer, Math.max(needed, doubled));
    }

    Output output(Optional<Path> file) {
        if (size == 0 && file.isEmpty()) return Output.empty();
        byte[] first = headLength == head.length ? head : Arrays.copyOf(head, headLength);
        return Output.of(first, tailBytes(), size, file);
    }

    private byte[] tailBytes() {
        var kept = new byte[(int) Math.min(inTail, tailLimit)];
        int at = kept.length;
        at = copyBefore(kept, at, current);
        for (var chunks = tail.descendingIterator(); at > 0 && chunks.hasNext(); ) {
            at = copyBefore(kept, at, chunks.next());
        }
        return kept;
    }

    private static int copyBefore(byte[] kept, int end, Chunk chunk) {
        int count = Math.min(end, chunk.length());
        System.arraycopy(chunk.bytes, chunk.end - count, kept, end - count, count);
        return end - count;
    }
}
