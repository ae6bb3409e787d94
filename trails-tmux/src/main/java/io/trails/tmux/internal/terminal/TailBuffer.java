package io.trails.tmux.internal.terminal;

import io.trails.Output;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The first and the last half of a text that may be long. Single-threaded. */
final class TailBuffer {
    private final int half;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] ring;
    private long size;

    TailBuffer(int most) {
        half = most / 2;
        ring = new byte[most - half];
    }

    void append(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int first = Math.min(bytes.length, Math.max(0, half - head.size()));
        head.write(bytes, 0, first);
        for (int i = Math.max(first, bytes.length - ring.length); i < bytes.length; i++) {
            ring[(int) ((size + i) % ring.length)] = bytes[i];
        }
        size += bytes.length;
    }

    Output output() {
        long rest = size - head.size();
        int kept = (int) Math.min(rest, ring.length);
        byte[] tail = new byte[kept];
        for (int i = 0; i < kept; i++) tail[i] = ring[(int) ((size - kept + i) % ring.length)];
        byte[] first = head.toByteArray();
        if (kept < rest) return Output.of(first, tail, size, Optional.empty());
        byte[] whole = Arrays.copyOf(first, first.length + kept);
        System.arraycopy(tail, 0, whole, first.length, kept);
        return Output.of(whole);
    }
}
