package io.trails.daggerdouble.wire;

import io.trails.daggerdouble.graph.Engine;
import io.trails.daggerdouble.graph.Reply;
import io.trails.daggerdouble.graph.Session;
import io.trails.daggerdouble.run.Cancel;
import io.trails.daggerdouble.scene.Faults;
import io.trails.daggerdouble.scene.Release;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The engine's side of the wire. Thread-safe. */
public final class EngineServer implements AutoCloseable {

    private static final int BACKLOG = 256;
    private static final int STOP = 10;
    private static final String OLDEST = "v0.19.0";
    private static final int LOWEST_PORT = 20_000;
    private static final int PORTS_EACH = 50;
    private static final int PROCESSES = 240;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final byte[] HELLO = "PRI".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

    private final Release release;
    private final Engine engine;
    private final Faults faults;
    private final UnaryOperator<String> control;
    private final ServerSocket server = new ServerSocket();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<Socket> links = ConcurrentHashMap.newKeySet();
    private final Phaser open = new Phaser(1);
    private volatile boolean stopping;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** @param port the port to listen on; zero for any */
    public EngineServer(Release release, Engine engine, Faults faults, int port, UnaryOperator<String> control)
            throws IOException {
        this.release = release;
        this.engine = engine;
        this.faults = faults;
        this.control = control;
        server.setReuseAddress(true);
        if (port == 0) bindAnywhere();
        else bindAgain(port);
        engine.threads().newThread(this::accept).start();
    }

    /**
     * On a port that systems give to nobody who asks for any, and other processes that play engines at the same time do not draw:
     * an engine that starts again finds it free.
     */
    private void bindAnywhere() throws IOException {
        int lowest = LOWEST_PORT + (int) (ProcessHandle.current().pid() % PROCESSES) * PORTS_EACH;
        var draw = new SplittableRandom();
        for (int i = 0; i < PORTS_EACH; i++) {
            try {
                bind(lowest + draw.nextInt(PORTS_EACH));
                return;
            } catch (BindException taken) {
                if (i == PORTS_EACH - 1) throw taken;
            }
        }
    }

    /** A socket that was closed goes on listening until the thread that accepts on it, and any process just being started, let go. */
    private void bindAgain(int port) throws IOException {
        long start = System.nanoTime();
        while (true) {
            try {
                bind(port);
                return;
            } catch (BindException held) {
                if (System.nanoTime() - start > PATIENCE_NANOS) throw held;
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private void bind(int port) throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    }

    public int port() {
        return server.getLocalPort();
    }

    public int sessions() {
        return sessions.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket link = server.accept();
                links.add(link);
                engine.threads().newThread(() -> serve(link)).start();
            }
        } catch (IOException e) {
            // Closed: nothing is left to accept.
        }
    }

    private void serve(Socket link) {
        try (link) {
            link.setTcpNoDelay(true);
            PushbackInputStream start = new PushbackInputStream(link.getInputStream(), HELLO.length);
            DataInputStream in = new DataInputStream(start);
            DataOutputStream out = new DataOutputStream(link.getOutputStream());
            byte[] first = start.readNBytes(HELLO.length);
            if (Arrays.equals(first, HELLO)) {
                greet(in, out);
                return;
            }
            start.unread(first);
            switch (in.readUTF()) {
                case Frames.SESSION -> session(in, out);
                case Frames.REQUEST -> request(in, out);
                default -> {
                    out.writeUTF(control.apply(in.readUTF()));
                    out.flush();
                }
            }
        } catch (IOException e) {
            // Whoever it was went away.
        } finally {
            links.remove(link);
        }
    }

    /** An engine speaks HTTP/2: it tells its settings to whoever says hello, before anything is asked. */
    private void greet(DataInputStream in, DataOutputStream out) throws IOException {
        if (!faults.hangs()) {
            out.write(NO_SETTINGS);
            out.flush();
        }
        in.transferTo(OutputStream.nullOutputStream());
    }

    private void session(DataInputStream in, DataOutputStream out) throws IOException {
        String tool = in.readUTF();
        String client = in.readUTF();
        Path workdir = Path.of(in.readUTF());
        await(faults.startDelay());
        if (faults.hangs()) {
            in.read();
            return;
        }
        String refusal = refusal(tool, client);
        if (!refusal.isEmpty()) {
            out.writeBoolean(false);
            out.writeUTF(refusal);
            out.flush();
            return;
        }
        Session session = new Session(UUID.randomUUID().toString(), workdir, release.seenBy(client));
        engine.begin(session);
        sessions.put(session.id(), session);
        try {
            out.writeBoolean(true);
            out.writeUTF(session.id());
            out.flush();
            in.transferTo(OutputStream.nullOutputStream());
        } finally {
            sessions.remove(session.id());
            engine.end(session);
            if (!server.isClosed()) {
                out.writeBoolean(true);
                out.flush();
            }
        }
    }

    private String refusal(String tool, String client) {
        if (!faults.refusal().isEmpty()) {
            return faults.refusal();
        }
        for (String version : new String[] {tool, client}) {
            if (Release.compare(version, OLDEST) < 0) {
                return "incompatible client version " + version + ": the minimum supported version is " + OLDEST;
            }
        }
        return "";
    }

    private void request(DataInputStream in, DataOutputStream out) throws IOException {
        Session session = sessions.get(in.readUTF());
        String body = Frames.read(in);
        Cancel cancel = new Cancel();
        Thread watch = engine.threads().newThread(() -> {
            try {
                in.read();
            } catch (IOException e) {
                // The same as the end.
            }
            cancel.cancel();
        });
        watch.start();
        open.register();
        try {
            answer(session, body, cancel).write(out);
        } finally {
            open.arriveAndDeregister();
        }
    }

    private Answer answer(@Nullable Session session, String body, Cancel cancel) throws EOFException {
        engine.counted(body);
        await(faults.delay());
        OptionalInt status = faults.nextStatus();
        if (status.isPresent()) {
            return played(status.getAsInt());
        }
        Reply reply;
        if (session == null) {
            // A session of the engine that was here before: the tool that has it never recovers.
            await(faults.lostSessionWait());
            reply = Reply.failed("waiting for client session attachables: context deadline exceeded");
        } else {
            reply = engine.answer(session, body, cancel);
            if (session.hasEnded() && !stopping) {
                throw new EOFException("the session has ended");
            }
        }
        engine.sent(reply.body().length());
        return new Answer(reply.status(), reply.type(), faults.nextCut().orElse(-1), reply.body());
    }

    private static Answer played(int status) {
        return switch (status) {
            case 401 -> Answer.text(401, "unauthorized");
            case 500 -> Answer.text(500, "incompatible client version v0.0.1");
            case 502 -> Answer.text(502, "http do: EOF");
            default -> {
                Reply reply = Reply.of(status, status == 503 ? "server is shutting down" : "played failure");
                yield new Answer(status, reply.type(), -1, reply.body());
            }
        };
    }

    private void await(Duration wait) {
        try {
            closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Requests are answered that the engine shuts down, and are no more accepted then. */
    public void shutDown() {
        stopping = true;
        engine.shutDown();
        try {
            open.awaitAdvanceInterruptibly(open.arrive(), STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            // Who is not answered by now gets no answer.
        }
    }

    /** Breaks all connections, as the end of the engine's process does. */
    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket link : links) {
            link.close();
        }
    }
}
