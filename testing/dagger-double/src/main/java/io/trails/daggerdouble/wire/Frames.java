package io.trails.daggerdouble.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** What the command line tool and the engine tell each other: one connection a session, and one a request. */
final class Frames {

    static final String SESSION = "session";
    static final String REQUEST = "request";
    static final String CONTROL = "control";
    private static final int LIMIT = 1 << 30;

    private Frames() {}

    static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LIMIT) {
            throw new IOException("a frame of " + length + " bytes");
        }
        return in.readNBytes(length);
    }
}
