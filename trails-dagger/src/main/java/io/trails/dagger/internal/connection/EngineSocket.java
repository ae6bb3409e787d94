package io.trails.dagger.internal.connection;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Says hello to what listens on a socket, as every client of an engine does first, and no more. An engine speaks HTTP/2, whose
 * servers answer with their settings before anything is asked.
 */
final class EngineSocket {
    private static final byte[] HELLO = hello();
    private static final int HEAD = 9;
    private static final int SETTINGS = 4;

    private EngineSocket() {}

    /** What became of a hello. */
    enum Echo {
        ENGINE,
        SOMETHING_ELSE,
        NOTHING
    }

    private static byte[] hello() {
        byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] hello = new byte[preface.length + HEAD];
        System.arraycopy(preface, 0, hello, 0, preface.length);
        hello[preface.length + 3] = SETTINGS;
        return hello;
    }

    /** @throws IOException if nobody listens there */
    static Echo greet(SocketAddress address, Duration deadline) throws IOException {
        Countdown time = Countdown.of(deadline);
        try (SocketChannel channel = unconnected(address);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            if (!channel.connect(address)) {
                if (!ready(selector, time)) return Echo.NOTHING;
                channel.finishConnect();
            }
            // A fresh connection takes these few bytes at once.
            channel.write(ByteBuffer.wrap(HELLO));
            key.interestOps(SelectionKey.OP_READ);
            ByteBuffer head = ByteBuffer.allocate(HEAD);
            while (head.hasRemaining()) {
                if (!ready(selector, time)) return Echo.NOTHING;
                if (channel.read(head) < 0) return Echo.SOMETHING_ELSE;
            }
            return head.get(3) == SETTINGS ? Echo.ENGINE : Echo.SOMETHING_ELSE;
        }
    }

    private static SocketChannel unconnected(SocketAddress address) throws IOException {
        boolean local = address instanceof UnixDomainSocketAddress;
        return local ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    }

    private static boolean ready(Selector selector, Countdown time) throws IOException {
        long left = time.left().toMillis();
        if (left <= 0 || Thread.currentThread().isInterrupted()) return false;
        int ready = selector.select(left);
        selector.selectedKeys().clear();
        return ready > 0;
    }
}
