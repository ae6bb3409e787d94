package io.trails.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between the command line tools and an engine, counts the requests that pass, and lets something happen at one of them.
 * Thread-safe.
 */
final class StepRelay implements AutoCloseable {
    /** When it happens: before the engine hears of the request, while it works on it, or when its answer is not delivered. */
    enum Moment {
        BEFORE,
        DURING,
        AFTER
    }

    /** As many bytes as tell a request from all else: two for the length of its name, and the name. */
    private static final int START = 9;

    private static final int AT_WORK_MILLIS = 200;

    private final ServerSocket server;
    private final int engine;
    private final Set<Socket> links = ConcurrentHashMap.newKeySet();
    private int seen;
    private int fatal;
    private Moment moment = Moment.BEFORE;
    private Runnable event = () -> {};

    StepRelay(String runnerHost) throws IOException {
        engine = URI.create(runnerHost).getPort();
        server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        start("relay", this::accept);
    }

    String runnerHost() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** From now on requests count from 1, and this happens at that one; at none if it is 0. */
    synchronized void arm(int request, Moment when, Runnable what) {
        seen = 0;
        fatal = request;
        moment = when;
        event = what;
    }

    /** Whether it happened. */
    synchronized boolean hasHappened() {
        return fatal > 0 && seen >= fatal;
    }

    private synchronized boolean isFatal() {
        return ++seen == fatal;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                start("relay-link", () -> serve(client));
            }
        } catch (IOException closed) {
            links.forEach(StepRelay::end);
        }
    }

    private void serve(Socket client) {
        links.add(client);
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), engine)) {
            links.add(upstream);
            var start = new PushbackInputStream(client.getInputStream(), START);
            boolean fatalOne = isRequest(start) && isFatal();
            if (fatalOne && moment == Moment.BEFORE) {
                event.run();
            } else {
                start("relay-there", () -> copy(start, upstream));
                if (!fatalOne) {
                    upstream.getInputStream().transferTo(client.getOutputStream());
                } else {
                    awaitAnswer(upstream);
                    event.run();
                }
            }
            links.remove(upstream);
        } catch (IOException ended) {
            // As it is meant to: either side's end is the end of both.
        } finally {
            end(client);
            links.remove(client);
        }
    }

    /** What a connection is for stands at its beginning, with its length before it. */
    private static boolean isRequest(PushbackInputStream in) throws IOException {
        byte[] first = in.readNBytes(START);
        in.unread(first);
        return new String(first, 2, Math.max(0, first.length - 2), StandardCharsets.ISO_8859_1).equals("request");
    }

    private void awaitAnswer(Socket upstream) throws IOException {
        if (moment == Moment.DURING) upstream.setSoTimeout(AT_WORK_MILLIS);
        try {
            if (upstream.getInputStream().read() < 0) return;
        } catch (SocketTimeoutException working) {
            return;
        }
    }

    /** The end of what comes is handed on: it says that nobody waits any more. */
    private static void copy(InputStream from, Socket to) {
        try {
            from.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // Closed is what it is to be.
        }
    }

    private static void start(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        links.forEach(StepRelay::end);
    }
}
