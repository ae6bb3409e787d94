package io.trails.dagger.internal.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One direction of a connection, whose waits an interrupt does not end: it would close the channel, and the program would go with
 * it. For one thread at a time, but for {@link #finish} and {@link #close}.
 */
final class LiveChannel implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private volatile boolean finished;
    private volatile boolean waiting;
    private volatile long waitingSince;

    LiveChannel(SocketChannel channel) throws IOException {
        this.channel = channel;
        selector = Selector.open();
        channel.configureBlocking(false);
    }

    /** At least a byte, or -1 at the end. */
    int read(ByteBuffer into) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                int count = channel.read(into);
                // Most connectors go on until both halves of a connection have ended.
                if (count < 0) channel.shutdownOutput();
                if (count != 0) return count;
                if (finished) return -1;
                interrupted |= await(SelectionKey.OP_READ);
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    void write(ByteBuffer from) throws IOException {
        boolean interrupted = false;
        try {
            while (from.hasRemaining()) {
                if (channel.write(from) == 0) interrupted |= await(SelectionKey.OP_WRITE);
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** Whether the thread was interrupted, whose flag is then clear. */
    private boolean await(int operation) throws IOException {
        waitingSince = System.nanoTime();
        waiting = true;
        try {
            channel.register(selector, operation);
            selector.select();
            selector.selectedKeys().clear();
            return Thread.interrupted();
        } catch (ClosedSelectorException e) {
            throw new IOException("Stream closed", e);
        } finally {
            waiting = false;
        }
    }

    boolean hasWaited(long nanos) {
        return waiting && System.nanoTime() - waitingSince > nanos;
    }

    /** Lets a reader read what has arrived, and then the end. */
    void finish() {
        finished = true;
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
