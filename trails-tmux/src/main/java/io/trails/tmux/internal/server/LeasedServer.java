package io.trails.tmux.internal.server;

import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** One holder's share of a server. */
final class LeasedServer implements TmuxServer {
    private final SharedServer server;
    private final BooleanSupplier onlyHolder;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    LeasedServer(SharedServer server, BooleanSupplier onlyHolder, Runnable release) {
        this.server = server;
        this.onlyHolder = onlyHolder;
        this.release = release;
    }

    @Override
    public List<Reply> run(List<TmuxCommand> commands) {
        return open().run(commands);
    }

    @Override
    public List<Reply> change(List<TmuxCommand> commands) {
        return open().change(commands);
    }

    private SharedServer open() {
        if (closed.get()) throw new IllegalStateException("This holder has let go of the tmux server");
        return server;
    }

    @Override
    public TmuxVersion version() {
        return server.current().version();
    }

    @Override
    public String socket() {
        return server.current().site().socket();
    }

    @Override
    public String directory() {
        return server.current().site().directory();
    }

    @Override
    public String incarnation() {
        return server.current().incarnation();
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
