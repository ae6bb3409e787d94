package io.trails.daggerdouble.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/**
 * Carries connections from one address to another until it is closed, which drops what is on its way. Thread-safe.
 */
public final class Forward implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ServerSocketChannel server;
    private final SocketAddress to;
    private final boolean lazyEnd;
    private final ThreadFactory threads;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    /**
     * Listens from now on.
     *
     * @param lazyEnd as an engine does it for containers: they learn of the end of the other side only once they ended theirs
     */
    public Forward(SocketAddress at, SocketAddress to, boolean lazyEnd, ThreadFactory threads) throws IOException {
        this.to = to;
        this.lazyEnd = lazyEnd;
        this.threads = threads;
        server = at instanceof UnixDomainSocketAddress
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        try {
            server.bind(at);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        threads.newThread(this::accept).start();
    }

    public int port() {
        try {
            return server.getLocalAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Connects to the target and says nothing, as an engine does to see whether somebody listens. */
    public void probe() {
        try {
            open.add(dial());
        } catch (IOException e) {
            // Nobody listens yet, which is no failure.
        }
    }

    private SocketChannel dial() throws IOException {
        return SocketChannel.open(to);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                open.add(client);
                threads.newThread(() -> carry(client)).start();
            }
        } catch (IOException e) {
            // Closed: nothing is left to accept.
        }
    }

    private void carry(SocketChannel client) {
        try (client;
                SocketChannel target = dial()) {
            open.add(target);
            CountDownLatch clientEnded = new CountDownLatch(1);
            Thread back = threads.newThread(() -> answer(target, client, clientEnded));
            back.start();
            pump(client, target);
            target.shutdownOutput();
            clientEnded.countDown();
            back.join();
            open.remove(target);
        } catch (IOException e) {
            // One of the two went away, and the other with it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void answer(SocketChannel target, SocketChannel client, CountDownLatch clientEnded) {
        try {
            pump(target, client);
            if (lazyEnd) {
                clientEnded.await();
            }
            client.shutdownOutput();
        } catch (IOException e) {
            close(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(SocketChannel from, SocketChannel to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (from.read(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            buffer.clear();
        }
    }

    private static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed, then.
        }
    }

    @Override
    public void close() {
        close(server);
        open.forEach(Forward::close);
    }
}
