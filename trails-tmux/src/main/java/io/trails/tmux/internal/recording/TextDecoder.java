package io.trails.tmux.internal.recording;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 that arrives in pieces. What is not UTF-8 becomes U+FFFD. Single-threaded. */
final class TextDecoder {
    private static final int LONGEST = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] unread = new byte[0];

    String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /** The text that is complete by now; the beginning of a character waits for its rest. */
    String decode(byte[] bytes, int offset, int length) {
        ByteBuffer in = ByteBuffer.allocate(unread.length + length);
        in.put(unread).put(bytes, offset, length).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining());
        decoder.decode(in, out, false);
        unread = new byte[in.remaining()];
        in.get(unread);
        return out.flip().toString();
    }

    /** What is left of a character that never came to its end. */
    String end() {
        CharBuffer out = CharBuffer.allocate(LONGEST);
        decoder.decode(ByteBuffer.wrap(unread), out, true);
        decoder.flush(out);
        decoder.reset();
        unread = new byte[0];
        return out.flip().toString();
    }
}
