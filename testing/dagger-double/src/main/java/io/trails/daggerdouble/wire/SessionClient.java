package io.trails.daggerdouble.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A session with an engine, and the HTTP server through which it is used. */
public final class SessionClient implements AutoCloseable {

    private static final int CONNECT = 5_000;

    private final InetSocketAddress engine;
    private final Socket link;
    private final String id;
    private final String token = UUID.randomUUID().toString();
    private final HttpFront front;

    /** Why an engine gives no session, in its words. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    public SessionClient(String runnerHost, String toolVersion, String clientVersion, String workdir)
            throws IOException {
        URI uri = URI.create(runnerHost);
        if (!"tcp".equals(uri.getScheme())) {
            throw new Refused("no driver for scheme \"" + uri.getScheme() + "\" found");
        }
        engine = new InetSocketAddress(uri.getHost(), uri.getPort());
        link = connect();
        try {
            DataOutputStream out = new DataOutputStream(link.getOutputStream());
            out.writeUTF(Frames.SESSION);
            out.writeUTF(toolVersion);
            out.writeUTF(clientVersion);
            out.writeUTF(workdir);
            DataInputStream in = new DataInputStream(link.getInputStream());
            boolean accepted = in.readBoolean();
            String said = in.readUTF();
            if (!accepted) {
                throw new Refused(said);
            }
            id = said;
            front = new HttpFront(token, this::send);
        } catch (IOException e) {
            link.close();
            throw e;
        }
    }

    public int port() {
        return front.port();
    }

    public String token() {
        return token;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(engine, CONNECT);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private CompletableFuture<Answer> send(String body) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (Socket socket = connect()) {
                        closeAtEnd(answer, socket);
                        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                        out.writeUTF(Frames.REQUEST);
                        out.writeUTF(id);
                        Frames.write(out, body);
                        out.flush();
                        answer.complete(Answer.read(new DataInputStream(socket.getInputStream())));
                    } catch (IOException e) {
                        answer.completeExceptionally(e);
                    }
                },
                "dagger-request");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static void closeAtEnd(CompletableFuture<Answer> answer, Socket socket) {
        answer.whenComplete((given, failure) -> close(socket));
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the engine to end the session and waits until it did; false if the engine was lost. */
    boolean end() throws IOException {
        try {
            link.shutdownOutput();
            return link.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        } finally {
            link.close();
            front.close();
        }
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
