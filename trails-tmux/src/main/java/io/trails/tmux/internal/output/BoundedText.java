package io.trails.tmux.internal.output;

import io.trails.Output;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The begin and the end of a text that may be too long to keep. Single-threaded. */
final class BoundedText {
    private final int half;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private byte[] tail = {};
    private int tailLength;
    private long size;

    BoundedText(int most) {
        half = most / 2;
    }

    void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        size += bytes.length;
        int fits = Math.min(half - head.size(), bytes.length);
        head.write(bytes, 0, fits);
        addToTail(bytes, fits);
    }

    private void addToTail(byte[] bytes, int from) {
        int more = bytes.length - from;
        if (more == 0) return;
        if (tailLength + more > tail.length) {
            int kept = Math.min(tailLength, Math.max(0, half - more));
            // Twice what stays, so that not every addition moves it.
            byte[] moved = new byte[Math.max(2 * half, more)];
            System.arraycopy(tail, tailLength - kept, moved, 0, kept);
            tail = moved;
            tailLength = kept;
        }
        System.arraycopy(bytes, from, tail, tailLength, more);
        tailLength += more;
    }

    /** Counts bytes that nobody has. */
    void addLost(long bytes) {
        size += bytes;
    }

    Output output() {
        int kept = Math.min(half, tailLength);
        return Output.of(
                head.toByteArray(), Arrays.copyOfRange(tail, tailLength - kept, tailLength), size, Optional.empty());
    }
}
