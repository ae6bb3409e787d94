package io.trails.daggerdouble.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/** Has an engine of another process do something. */
public final class ControlClient {

    private ControlClient() {}

    public static String send(String runnerHost, String line) throws IOException {
        URI uri = URI.create(runnerHost);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeUTF(Frames.CONTROL);
            out.writeUTF(line);
            out.flush();
            return new DataInputStream(socket.getInputStream()).readUTF();
        }
    }
}
