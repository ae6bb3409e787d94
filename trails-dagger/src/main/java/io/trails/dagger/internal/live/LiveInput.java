package io.trails.dagger.internal.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** What a program writes: the connection itself, so that a program whose output is not read waits. For one reader at a time. */
final class LiveInput extends InputStream {
    private final LiveChannel channel;
    private volatile boolean over;
    private volatile boolean closed;

    LiveInput(LiveChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (closed) throw new IOException("Stream closed");
        if (length == 0) return 0;
        if (over) return -1;
        int count = receive(ByteBuffer.wrap(bytes, offset, length));
        if (count < 0) over = true;
        return count;
    }

    private int receive(ByteBuffer into) throws IOException {
        try {
            return channel.read(into);
        } catch (IOException e) {
            if (closed) throw new IOException("Stream closed", e);
            // Whoever was at the other end is gone; how the program ended is told elsewhere.
            return -1;
        }
    }

    /** Whether the reader has read the end, or wants to read no more. */
    boolean isOver() {
        return over || closed;
    }

    /** Whether a reader has waited that long for a byte. */
    boolean isSilent(long nanos) {
        return channel.hasWaited(nanos);
    }

    /** Lets the reader read what has arrived, and then the end. */
    void finish() {
        channel.finish();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
    }
}
