package io.trails.daggerdouble.wire;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The HTTP server of the command line tool: one session's requests, each handed to the engine. Thread-safe. */
final class HttpFront implements AutoCloseable {

    private static final int BACKLOG = 256;

    /** Hands a body to the engine; cancelling the future tells the engine that nobody waits any more. */
    interface Back {
        CompletableFuture<Answer> send(String body);
    }

    private final ServerSocket server = new ServerSocket();
    private final String authorization;
    private final Back back;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    HttpFront(String token, Back back) throws IOException {
        this.back = back;
        authorization = "Basic " + Base64.getEncoder().encodeToString((token + ":").getBytes(StandardCharsets.UTF_8));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        start("dagger-http", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                clients.add(client);
                start("dagger-http-client", () -> serve(client));
            }
        } catch (IOException e) {
            // Closed: nothing is left to accept.
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            boolean open = true;
            while (open) {
                HttpRequest request = HttpRequest.read(in, client.getOutputStream());
                open = request != null && exchange(request, in, client.getOutputStream());
            }
        } catch (IOException e) {
            // The client went away.
        } finally {
            clients.remove(client);
        }
    }

    /** Answers one request; returns once the client sent the next byte, or false if there will be none. */
    private boolean exchange(HttpRequest request, InputStream in, OutputStream out) throws IOException {
        Answer refusal = refusal(request);
        if (refusal != null) {
            return write(out, refusal);
        }
        CompletableFuture<Answer> answer = back.send(request.body());
        in.mark(1);
        Thread watch = start("dagger-http-watch", () -> {
            try {
                if (in.read() < 0) {
                    answer.cancel(false);
                }
            } catch (IOException e) {
                answer.cancel(false);
            }
        });
        Answer given;
        try {
            given = answer.join();
        } catch (CancellationException e) {
            return false;
        } catch (CompletionException e) {
            String cause = e.getCause() instanceof EOFException
                    ? "unexpected EOF"
                    : "dial unix /run/dagger/engine.sock: connect: connection refused";
            given = Answer.text(502, "http do: Post \"http://dagger/query\": " + cause);
        }
        if (!write(out, given)) {
            return false;
        }
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        in.reset();
        return true;
    }

    /** What the tool's proxy answers by itself: it copies headers to HTTP/2, which takes no upgrade. */
    private @Nullable Answer refusal(HttpRequest request) {
        if (!request.header("authorization").equals(authorization)) {
            return Answer.text(401, "unauthorized");
        }
        String upgrade = request.header("upgrade");
        if (!upgrade.isEmpty()) {
            return Answer.text(502, "http do: http2: invalid Upgrade request header: [\"" + upgrade + "\"]");
        }
        String connection = request.header("connection").toLowerCase(Locale.ROOT);
        if (!Set.of("", "close", "keep-alive").contains(connection)) {
            return Answer.text(502, "http do: http2: invalid Connection request header: [\"" + connection + "\"]");
        }
        if (!request.path().equals("/query")) {
            return Answer.text(404, "404 page not found");
        }
        return request.method().equals("POST") ? null : Answer.text(405, "method not allowed");
    }

    private static boolean write(OutputStream out, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + answer.status() + " Double\r\nContent-Type: " + answer.type()
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        int length = answer.cut() < 0 ? body.length : Math.min(answer.cut(), body.length);
        byte[] all = new byte[start.length + length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, length);
        out.write(all);
        out.flush();
        return answer.cut() < 0;
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
