package io.trails.dagger.internal.live;

import io.trails.TrailsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where the bridge of one program calls, until every role is taken. Its one thread ends then. A port is held until it is closed: what
 * leads to it from the container is open as long as the program runs, and must not lead to who gets the port next. Thread-safe.
 */
final class Reception implements AutoCloseable {
    /** The path of a Unix socket has 108 bytes on Linux, 104 elsewhere, and ends with NUL. */
    private static final int LONGEST_PATH = 100;

    private static final int MOST_CALLERS = 64;
    private static final int LOOK_MILLIS = 500;

    private final String token = random(32);
    private final Map<Role, CompletableFuture<Call>> calls = new EnumMap<>(Role.class);
    private final List<Caller> callers = new ArrayList<>();
    private final ServerSocketChannel server;
    private final Selector selector;
    private final @Nullable Path socket;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Reception(ServerSocketChannel server, Selector selector, @Nullable Path socket) {
        this.server = server;
        this.selector = selector;
        this.socket = socket;
        for (Role role : Role.values()) calls.put(role, new CompletableFuture<>());
    }

    /**
     * Listens on a Unix socket in a folder of its own.
     *
     * @param near where the folder is made unless the path gets too long
     */
    static Reception unix(Path near, String name) {
        try {
            Path folder = folder(near);
            try {
                Path socket = folder.resolve("s");
                return open(
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX),
                        UnixDomainSocketAddress.of(socket),
                        socket,
                        name);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(folder);
                throw e;
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Listens on a port of the loopback interface. */
    static Reception tcp(String name) {
        try {
            var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return open(ServerSocketChannel.open(), local, null, name);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static TrailsException unusable(IOException e) {
        return new TrailsException(
                "dagger.program-unheard", "Nothing can listen for a program in a container: " + e.getMessage(), e);
    }

    private static Path folder(Path near) throws IOException {
        if (near.toString().getBytes(StandardCharsets.UTF_8).length + 28 <= LONGEST_PATH && Files.isDirectory(near)) {
            return Files.createTempDirectory(near, "s");
        }
        Path folder = Files.createTempDirectory("trails");
        if (folder.toString().getBytes(StandardCharsets.UTF_8).length + 2 <= LONGEST_PATH) return folder;
        Files.delete(folder);
        return Files.createTempDirectory(Path.of("/tmp"), "trails");
    }

    private static Reception open(ServerSocketChannel server, SocketAddress address, @Nullable Path socket, String name)
            throws IOException {
        boolean open = false;
        try {
            server.bind(address);
            server.configureBlocking(false);
            Selector selector = Selector.open();
            server.register(selector, SelectionKey.OP_ACCEPT);
            var reception = new Reception(server, selector, socket);
            var thread = new Thread(reception::receive, "trails-live-calls-" + name);
            thread.setDaemon(true);
            thread.start();
            open = true;
            return reception;
        } finally {
            if (!open) server.close();
        }
    }

    private static String random(int bytes) {
        var value = new byte[bytes];
        new SecureRandom().nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    /** What a caller has to show. */
    String token() {
        return token;
    }

    /** Where it listens, unless on a port. */
    Optional<Path> socket() {
        return Optional.ofNullable(socket);
    }

    /** Where it listens, unless on a Unix socket. */
    int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** The call for a role; fails when the reception closes before. */
    CompletableFuture<Call> call(Role role) {
        return calls.getOrDefault(role, new CompletableFuture<>());
    }

    private void receive() {
        try {
            while (!closed.get() && !isComplete()) {
                selector.select(LOOK_MILLIS);
                if (closed.get()) break;
                look();
            }
        } catch (IOException | ClosedSelectorException e) {
            LoggerFactory.getLogger(Reception.class).debug("No more calls are taken", e);
        } finally {
            if (closed.get() || socket != null || !isComplete()) close();
            for (Caller caller : callers) hangUp(caller.channel());
            closeQuietly(selector);
        }
    }

    private boolean isComplete() {
        return calls.values().stream().allMatch(CompletableFuture::isDone);
    }

    private void look() throws IOException {
        var known = new ArrayList<Runnable>();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid() && key.isAcceptable()) accept();
            else if (key.isValid() && key.isReadable()) hear(key, known);
        }
        selector.selectedKeys().clear();
        callers.removeIf(caller -> {
            if (caller.isOverdue()) hangUp(caller.channel());
            return !caller.channel().isOpen();
        });
        if (known.isEmpty()) return;
        // Only then is a channel free of the selector.
        selector.selectNow();
        known.forEach(Runnable::run);
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) return;
        if (callers.size() >= MOST_CALLERS) {
            hangUp(channel);
            return;
        }
        channel.configureBlocking(false);
        var caller = new Caller(channel, token);
        callers.add(caller);
        channel.register(selector, SelectionKey.OP_READ, caller);
    }

    private void hear(SelectionKey key, List<Runnable> known) {
        if (!(key.attachment() instanceof Caller caller)) return;
        try {
            Caller.Standing standing = caller.read();
            if (standing instanceof Caller.Known who) {
                key.cancel();
                callers.remove(caller);
                known.add(() -> connect(caller.channel(), who));
            } else if (standing == Caller.Unknown.HEARD) {
                caller.channel().write(ByteBuffer.wrap(new byte[] {'o', 'k', '\n'}));
                hangUp(caller.channel());
            } else if (standing == Caller.Unknown.REFUSED) {
                hangUp(caller.channel());
            }
        } catch (IOException e) {
            hangUp(caller.channel());
        }
    }

    private void connect(SocketChannel channel, Caller.Known who) {
        try {
            channel.configureBlocking(true);
            if (!call(who.role()).complete(new Call(channel, who.process()))) hangUp(channel);
        } catch (IOException e) {
            hangUp(channel);
        }
    }

    /** Hangs up on whoever called and was not asked for. */
    void abandon() {
        close();
        for (CompletableFuture<Call> call : calls.values()) {
            if (call.isDone() && !call.isCompletedExceptionally())
                hangUp(call.join().channel());
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        closeQuietly(server);
        if (selector.isOpen()) selector.wakeup();
        if (socket != null) delete(socket);
        var late = new TrailsException(
                "dagger.program-unheard", "A program in a container did not call before its start was given up");
        for (CompletableFuture<Call> call : calls.values()) call.completeExceptionally(late);
    }

    private static void delete(Path socket) {
        try {
            Files.deleteIfExists(socket);
            Path folder = socket.getParent();
            if (folder != null) Files.deleteIfExists(folder);
        } catch (IOException e) {
            LoggerFactory.getLogger(Reception.class).debug("A socket stays behind: {}", socket, e);
        }
    }

    private static void hangUp(SocketChannel channel) {
        closeQuietly(channel);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(Reception.class).debug("A connection did not close", e);
        }
    }
}
