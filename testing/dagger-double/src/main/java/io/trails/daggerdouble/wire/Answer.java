package io.trails.daggerdouble.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * An answer on its way to the client.
 *
 * @param cut how many bytes of the body are sent before the connection is broken; -1 for all of it
 */
record Answer(int status, String type, int cut, String body) {

    static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", -1, text);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(status);
        out.writeUTF(type);
        out.writeInt(cut);
        Frames.write(out, body);
        out.flush();
    }

    static Answer read(DataInputStream in) throws IOException {
        return new Answer(in.readInt(), in.readUTF(), in.readInt(), Frames.read(in));
    }
}
