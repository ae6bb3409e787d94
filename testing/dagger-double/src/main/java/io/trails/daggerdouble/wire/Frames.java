package io.trails.daggerdouble.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the command line tool and the engine tell each other: one connection a session, and one a request. */
final class Frames {

    static final String SESSION = "session";
    static final String REQUEST = "request";
    static final String CONTROL = "control";
    private static final int LIMIT = 1 << 30;

    private Frames() {}

    static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LIMIT) {
            throw new IOException("a frame of " + length + " bytes");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
