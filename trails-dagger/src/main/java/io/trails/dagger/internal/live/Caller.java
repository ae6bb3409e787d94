package io.trails.dagger.internal.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.OptionalLong;

/** Somebody who connected and has yet to say who he is: {@code TOKEN ROLE PID}, in a line. Single-threaded. */
final class Caller {
    private static final int LONGEST = 200;
    private static final long HELLO_NANOS = 10_000_000_000L;
    private static final long TEST_NANOS = 2_000_000_000L;

    private final SocketChannel channel;
    private final byte[] token;
    private final ByteBuffer line = ByteBuffer.allocate(LONGEST);
    private final ByteBuffer one = ByteBuffer.allocate(1);
    private long patience = HELLO_NANOS;
    private long since = System.nanoTime();
    private boolean testing;

    /** What is known about a caller. */
    sealed interface Standing {}

    /** Nothing yet. */
    enum Unknown implements Standing {
        WAITING,
        /** He is nobody, or has gone. */
        REFUSED,
        /** He only tries whether he is heard, and was. */
        HEARD
    }

    /** He is a part of the bridge. */
    record Known(Role role, OptionalLong process) implements Standing {}

    Caller(SocketChannel channel, String token) {
        this.channel = channel;
        this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    SocketChannel channel() {
        return channel;
    }

    boolean isOverdue() {
        return System.nanoTime() - since > patience;
    }

    /** Reads what there is, and not a byte after the line: what follows belongs to the program. */
    Standing read() throws IOException {
        while (true) {
            one.clear();
            int count = channel.read(one);
            if (count == 0) return Unknown.WAITING;
            if (count < 0) return testing ? Unknown.HEARD : Unknown.REFUSED;
            if (testing) continue;
            byte next = one.get(0);
            if (next == '\n') {
                Standing standing = standing();
                if (standing != Unknown.WAITING) return standing;
            } else if (!line.hasRemaining()) {
                return Unknown.REFUSED;
            } else {
                line.put(next);
            }
        }
    }

    private Standing standing() {
        var text = new String(line.array(), 0, line.position(), StandardCharsets.US_ASCII);
        String[] words = text.split(" ", -1);
        if (words.length != 3 || !MessageDigest.isEqual(token, words[0].getBytes(StandardCharsets.US_ASCII))) {
            return Unknown.REFUSED;
        }
        if (words[1].equals("ping")) return Unknown.HEARD;
        if (words[1].equals("test")) {
            // Only who can end his half of a connection hears an answer.
            testing = true;
            patience = TEST_NANOS;
            since = System.nanoTime();
            return Unknown.WAITING;
        }
        return Role.named(words[1])
                .<Standing>map(role -> new Known(role, process(words[2])))
                .orElse(Unknown.REFUSED);
    }

    private static OptionalLong process(String word) {
        return word.matches("[1-9][0-9]{0,17}") ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
    }
}
