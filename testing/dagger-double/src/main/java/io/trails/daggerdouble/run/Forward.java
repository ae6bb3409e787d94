package io.trails.daggerdouble.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/** Carries connections from one address to another until it is closed. Thread-safe. */
public final class Forward implements AutoCloseable {

    private final ServerSocket server = new ServerSocket();
    private final InetSocketAddress to;
    private final ThreadFactory threads;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    public Forward(InetAddress at, int port, InetSocketAddress to, ThreadFactory threads) throws IOException {
        this.to = to;
        this.threads = threads;
        server.bind(new InetSocketAddress(at, port));
        threads.newThread(this::accept).start();
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                threads.newThread(() -> carry(client)).start();
            }
        } catch (IOException e) {
            // Closed: nothing is left to accept.
        }
    }

    private void carry(Socket client) {
        Socket target = new Socket();
        sockets.add(target);
        try (client;
                target) {
            target.connect(to);
            Thread back = threads.newThread(() -> pipe(target, client));
            back.start();
            pipe(client, target);
            back.join();
        } catch (IOException e) {
            // One of the two went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
            sockets.remove(target);
        }
    }

    private static void pipe(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed, then.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.forEach(Forward::close);
    }
}
