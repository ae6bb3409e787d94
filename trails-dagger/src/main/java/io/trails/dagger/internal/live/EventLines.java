package io.trails.dagger.internal.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a bridge tells, line by line, without waiting longer than wanted. Single-threaded. */
final class EventLines implements AutoCloseable {
    private static final int LONGEST = 1024;
    private static final int AT_ONCE = 16;

    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer read = ByteBuffer.allocate(8192);
    private final StringBuilder line = new StringBuilder();
    private boolean over;

    EventLines(SocketChannel channel) throws IOException {
        this.channel = channel;
        selector = Selector.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    boolean isOver() {
        return over;
    }

    /** What is told within that time, or nothing. */
    List<Event> await(long millis) {
        var events = new ArrayList<Event>();
        try {
            selector.select(Math.max(1, millis));
            selector.selectedKeys().clear();
            // A program can make its bridge tell faster than anybody listens, and there is more to do than to listen.
            for (int i = 0; i < AT_ONCE; i++) {
                read.clear();
                int count = channel.read(read);
                if (count <= 0) {
                    over = count < 0;
                    return events;
                }
                split(StandardCharsets.US_ASCII.decode(read.flip()), events);
            }
            return events;
        } catch (IOException e) {
            over = true;
            return events;
        }
    }

    private void split(CharSequence text, List<Event> events) {
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next == '\n') {
                Optional<Event> event = Event.parse(line.toString());
                event.ifPresent(events::add);
                line.setLength(0);
            } else if (line.length() < LONGEST) {
                line.append(next);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
