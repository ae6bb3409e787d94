package io.trails.daggerdouble.tree;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The contents of all files of an engine, one after the other in one file that only grows: tens of thousands of small files
 * cost no file each. Thread-safe; its threads must not be interrupted, which would close the file.
 */
public final class Blobs implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final FileChannel store;
    private final AtomicLong end = new AtomicLong();

    public Blobs(Path file) throws IOException {
        store = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    public Blob add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    public Blob add(byte[] bytes) {
        try {
            long offset = end.getAndAdd(bytes.length);
            write(ByteBuffer.wrap(bytes), offset);
            return new Blob(
                    offset, bytes.length, new Sha().raw(ByteBuffer.wrap(bytes)).hex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a file as it is now; one that shrinks or grows meanwhile is taken as far as it went at first. */
    public Blob add(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            long size = in.size();
            long offset = end.getAndAdd(size);
            Sha sha = new Sha();
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(1, Math.min(size, BUFFER)));
            long done = 0;
            while (done < size) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), size - done));
                if (in.read(buffer) < 0) {
                    break;
                }
                buffer.flip();
                sha.raw(buffer.duplicate());
                done += buffer.remaining();
                write(buffer, offset + done - buffer.remaining());
            }
            return new Blob(offset, done, sha.hex());
        }
    }

    public void copyTo(Blob blob, Path file) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            long done = 0;
            while (done < blob.size()) {
                long moved = store.transferTo(blob.offset() + done, blob.size() - done, out);
                if (moved <= 0) {
                    throw new EOFException(file.toString());
                }
                done += moved;
            }
        }
    }

    public byte[] read(Blob blob, int limit) {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(blob.size(), limit));
        try {
            while (bytes.hasRemaining()) {
                if (store.read(bytes, blob.offset() + bytes.position()) < 0) {
                    throw new EOFException();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.array();
    }

    private void write(ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += store.write(bytes, at);
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
