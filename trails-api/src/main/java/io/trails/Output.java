package io.trails;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a command wrote to one stream: all of it, or the beginning and the end of it. Immutable.
 *
 * <p>{@link #text()} and {@link #bytes()} of a truncated output carry a mark between the two parts, so that nobody takes
 * the rest for the whole.
 */
public final class Output {
    private static final Output EMPTY = new Output(new byte[0], new byte[0], 0, Optional.empty());

    private final byte[] head;
    private final byte[] tail;
    private final long size;
    private final Optional<Path> file;

    private Output(byte[] head, byte[] tail, long size, Optional<Path> file) {
        this.head = head;
        this.tail = tail;
        this.size = size;
        this.file = file;
    }

    /**
     * Nothing was written.
     *
     * @return the empty output
     */
    public static Output empty() {
        return EMPTY;
    }

    /**
     * All that was written.
     *
     * @param bytes copied
     * @return an output that is not truncated
     */
    public static Output of(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new Output(bytes.clone(), new byte[0], bytes.length, Optional.empty());
    }

    /**
     * What was kept of a stream.
     *
     * @param head its first bytes; copied
     * @param tail its last bytes, not overlapping {@code head}; copied
     * @param size how many bytes the stream had; more than the two together means it is truncated
     * @param file where the whole of it was written
     * @return the output
     */
    public static Output of(byte[] head, byte[] tail, long size, Optional<Path> file) {
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(tail, "tail");
        if (size < (long) head.length + tail.length) {
            throw new IllegalArgumentException("size " + size + " is less than what was kept");
        }
        return new Output(head.clone(), tail.clone(), size, Objects.requireNonNull(file, "file"));
    }

    /**
     * The kept bytes, with the mark in UTF-8 where bytes are missing.
     *
     * @return a fresh array
     */
    public byte[] bytes() {
        var all = new ByteArrayOutputStream(head.length + tail.length + 64);
        all.writeBytes(head);
        if (truncated()) all.writeBytes(mark().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(tail);
        return all.toByteArray();
    }

    private String mark() {
        return "\n[trails: " + (size - head.length - tail.length) + " bytes not kept]\n";
    }

    /**
     * The kept text, decoded as UTF-8, malformed input replaced, with the mark where bytes are missing.
     *
     * @return the text
     */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /**
     * Whether bytes are missing.
     *
     * @return true if the stream was longer than what was kept
     */
    public boolean truncated() {
        return size > (long) head.length + tail.length;
    }

    /**
     * How many bytes the stream had.
     *
     * @return the count, kept or not
     */
    public long size() {
        return size;
    }

    /**
     * Where the whole stream was written.
     *
     * @return the file that {@link Capture#spillingTo} asked for
     */
    public Optional<Path> file() {
        return file;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Output that
                && size == that.size
                && Arrays.equals(head, that.head)
                && Arrays.equals(tail, that.tail)
                && file.equals(that.file);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(head), Arrays.hashCode(tail), size, file);
    }

    @Override
    public String toString() {
        return "Output[" + size + " bytes" + (truncated() ? ", truncated" : "") + "]";
    }
}
