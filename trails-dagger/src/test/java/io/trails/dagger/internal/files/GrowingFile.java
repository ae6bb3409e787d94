package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file to which somebody writes as fast as it is read. */
final class GrowingFile implements SeekableByteChannel {
    private final long patience;
    private long read;

    /** @param patience after how many bytes there is no hope left that the reader ends */
    GrowingFile(long patience) {
        this.patience = patience;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int more = to.remaining();
        read += more;
        if (read > patience) throw new IOException("It is read for ever");
        to.position(to.limit());
        return more;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        return read;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
        return read;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
