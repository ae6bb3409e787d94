package io.trails.tmux.internal.server;

import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** One holder's share of one run of a server. */
final class LeasedServer implements TmuxServer {
    private final SharedServer server;
    private final Connection connection;
    private final BooleanSupplier onlyHolder;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    LeasedServer(SharedServer server, BooleanSupplier onlyHolder, Runnable release) {
        this.server = server;
        this.connection = server.current();
        this.onlyHolder = onlyHolder;
        this.release = release;
    }

    @Override
    public List<Reply> run(List<TmuxCommand> commands) {
        return open().run(connection.incarnation(), commands);
    }

    @Override
    public List<Reply> change(List<TmuxCommand> commands) {
        return open().change(connection.incarnation(), commands);
    }

    private SharedServer open() {
        if (closed.get()) throw new IllegalStateException("This holder has let go of the tmux server");
        return server;
    }

    @Override
    public TmuxVersion version() {
        return connection.version();
    }

    @Override
    public String socket() {
        return connection.site().socket();
    }

    @Override
    public String directory() {
        return connection.site().directory();
    }

    @Override
    public String incarnation() {
        return connection.incarnation();
    }

    @Override
    public boolean isAlive() {
        return !closed.get() && server.isAlive(connection.incarnation());
    }

    @Override
    public boolean endIfUnused() {
        return onlyHolder.getAsBoolean() && open().endIfUnused();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) release.run();
    }
}
