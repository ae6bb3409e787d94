package io.trails.tmux.internal.server;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.tmux.internal.line.LineLostException;
import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** One server as all its holders in one provider share it. Thread-safe. */
final class SharedServer {
    private static final Duration TURN_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);
    /** For others who are just letting go. */
    private static final Duration ALONE_PATIENCE = Duration.ofMillis(200);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 10;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Sandbox sandbox;
    private final Preparation preparation;
    private final String id;
    private final int historyLimit;
    private final Semaphore turn = new Semaphore(1, true);
    private volatile @Nullable Connection connection;
    private volatile @Nullable ServerLock lock;
    private volatile @Nullable ServerLock use;
    private volatile ServerLock.@Nullable Held used;
    private volatile long nextAttempt;
    private volatile @Nullable Failure failure;

    SharedServer(Sandbox sandbox, String id, int historyLimit) {
        this.sandbox = sandbox;
        this.id = id;
        this.historyLimit = historyLimit;
        preparation = new Preparation(sandbox, id);
    }

    /** Makes sure that it runs and can be reached. */
    void start() {
        inTurn(() -> {
            Connection now = connection;
            if (now == null || !now.line().isOpen() || (!now.persistent() && !answers(now)))
                reach(() -> Optional.of(preparation.make()));
            return true;
        });
    }

    /** Reaches it if it runs. */
    boolean find() {
        return inTurn(() -> {
            Connection now = connection;
            if (now != null && now.line().isOpen() && now.persistent()) return true;
            return reach(() -> preparation.look().filter(Site::running));
        });
    }

    private static boolean answers(Connection connection) {
        try {
            connection.send(List.of(TmuxCommand.of("show-options", "-gv", "status")));
            return true;
        } catch (LineLostException e) {
            return false;
        }
    }

    private interface Step {
        boolean take();
    }

    private boolean inTurn(Step step) {
        try {
            if (!turn.tryAcquire(TURN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TrailsException(
                        "terminal.unreachable",
                        "Others in this JVM have been connecting to the tmux server for too long");
            }
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for the tmux server", e);
        }
        try {
            return step.take();
        } finally {
            turn.release();
        }
    }

    /** In turn. The server may come and go between a look at it and the lock: then it is looked for again. */
    private boolean reach(Supplier<Optional<Site>> look) {
        for (int attempt = 1; ; attempt++) {
            try {
                Optional<Site> site = look.get();
                if (site.isEmpty()) return false;
                connect(site.get());
                return true;
            } catch (LineLostException e) {
                if (attempt == ATTEMPTS) throw e;
            }
        }
    }

    private void connect(Site site) {
        Connection former = connection;
        hold(site);
        nextAttempt = System.nanoTime() + RETRY_NANOS;
        Optional<ServerLock.Held> held = lock(site).exclusive(LOCK_PATIENCE);
        if (held.isEmpty()) {
            if (!site.running()) {
                throw new TrailsException(
                        "terminal.unreachable",
                        "The tmux server in " + site.directory()
                                + " was being changed or started by others all the time");
            }
            connection = Connection.fallback(sandbox, site);
        } else {
            ServerLock.Held ours = held.get();
            try (ours) {
                connection = open(site.kept() ? site : started());
            }
        }
        failure = null;
        if (former != null) former.close();
    }

    /**
     * From now on nobody ends the server, whether a client of ours is attached or not; and who is just ending it has done so
     * when this returns.
     */
    private void hold(Site site) {
        if (used != null) return;
        ServerLock made = use;
        if (made == null) {
            made = new ServerLock(onHost() ? Optional.of(Path.of(site.directory() + ".use")) : Optional.empty());
            use = made;
        }
        used = made.shared(LOCK_PATIENCE)
                .orElseThrow(() -> new LineLostException("Somebody has been ending the tmux server for too long"));
    }

    private boolean onHost() {
        return sandbox.capabilities().contains(SandboxCapability.HOST_FILES);
    }

    /** Whoever ended the server meanwhile has removed its directory; from now on nobody does. */
    private Site started() {
        Site site = preparation.make();
        preparation.start(site, historyLimit);
        return site;
    }

    private Connection open(Site site) {
        try {
            return Connection.persistent(sandbox, site, "trails-tmux-" + id);
        } catch (TrailsInterruptedException e) {
            throw e;
        } catch (TrailsException e) {
            LoggerFactory.getLogger(SharedServer.class)
                    .debug("No client stays connected to tmux, one is run each time", e);
            return Connection.fallback(sandbox, site);
        }
    }

    /** Beside the directory, which is removed with the server: a lock on a file that is gone would keep out nobody. */
    private ServerLock lock(Site site) {
        ServerLock made = lock;
        if (made == null) {
            made = new ServerLock(onHost() ? Optional.of(Path.of(site.directory() + ".lock")) : Optional.empty());
            lock = made;
        }
        return made;
    }

    List<Reply> run(String incarnation, List<TmuxCommand> commands) {
        try {
            return usable(incarnation).send(commands);
        } catch (LineLostException e) {
            return usable(incarnation).send(commands);
        }
    }

    List<Reply> change(String incarnation, List<TmuxCommand> commands) {
        Connection now = usable(incarnation);
        ServerLock.Held held = lock(now.site())
                .shared(LOCK_PATIENCE)
                .orElseThrow(() -> new TrailsException(
                        "terminal.unreachable", "Somebody has been connecting to the tmux server for too long"));
        try (held) {
            return checked(current(), incarnation).send(commands);
        }
    }

    /** A connection to that run of the server and no later one, whose panes have the same numbers. */
    private Connection usable(String incarnation) {
        return checked(usable(), incarnation);
    }

    private static Connection checked(Connection connection, String incarnation) {
        if (connection.incarnation().equals(incarnation)) return connection;
        throw new LineLostException("The tmux server in " + connection.site().directory()
                + " was started anew; the terminals of the one before have ended");
    }

    boolean isAlive(String incarnation) {
        try {
            return usable().incarnation().equals(incarnation);
        } catch (LineLostException gone) {
            return false;
        }
    }

    /** A connection over which something was heard, if need be a new one to a server that runs. */
    private Connection usable() {
        Connection now = current();
        if (now.line().isOpen() && (now.persistent() || System.nanoTime() - nextAttempt < 0)) return now;
        inTurn(() -> {
            Connection latest = current();
            if (latest.line().isOpen() && (latest.persistent() || System.nanoTime() - nextAttempt < 0)) return true;
            reconnect(latest);
            return true;
        });
        return current();
    }

    /** In turn. Those who waited for an attempt that failed need not make the same one again, one after the other. */
    private void reconnect(Connection latest) {
        Failure recent = failure;
        if (recent != null && System.nanoTime() - recent.at < RETRY_NANOS) {
            throw new LineLostException(String.valueOf(recent.why.getMessage()), recent.why);
        }
        try {
            if (reach(() -> preparation.look().filter(Site::running))) return;
            throw new LineLostException(
                    "The tmux server in " + latest.site().directory() + " has ended, and with it its terminals");
        } catch (TrailsInterruptedException e) {
            throw e;
        } catch (TrailsException e) {
            failure = new Failure(e, System.nanoTime());
            throw e;
        }
    }

    private record Failure(TrailsException why, long at) {}

    Connection current() {
        Connection now = connection;
        if (now == null) throw new IllegalStateException("The server was never reached");
        return now;
    }

    boolean endIfUnused() {
        boolean runs = isReachable();
        return inTurn(() -> {
            Connection now = current();
            if (runs && isInUse(now)) return false;
            ServerLock.Held ours = used;
            ServerLock made = use;
            if (ours == null || made == null) return false;
            used = null;
            ours.close();
            Optional<ServerLock.Held> alone = made.exclusive(ALONE_PATIENCE);
            if (alone.isEmpty()) {
                hold(now.site());
                return false;
            }
            ServerLock.Held held = alone.get();
            try (held) {
                boolean ended = endAlone(now, runs);
                if (ended) made.forget();
                return ended;
            }
        });
    }

    /** Nobody else holds the server now; somebody may have had a session made and let go. */
    private boolean endAlone(Connection now, boolean runs) {
        Optional<ServerLock.Held> held = lock(now.site()).exclusive(LOCK_PATIENCE);
        if (held.isEmpty()) return false;
        ServerLock.Held ours = held.get();
        try (ours) {
            if (runs ? isInUse(now) : isStartedAnew()) return false;
            now.close();
            boolean ended = preparation.end(now.site(), now.serverProcess());
            if (ended) lock(now.site()).forget();
            return ended;
        }
    }

    private boolean isInUse(Connection now) {
        try {
            return !isUnused(now);
        } catch (LineLostException endedByOthers) {
            return isStartedAnew();
        }
    }

    private boolean isStartedAnew() {
        return preparation.look().filter(Site::running).isPresent();
    }

    /** Removes what is left of it, if it is dead and nothing of its sessions is there. */
    void clear() {
        inTurn(() -> {
            Optional<Site> site = preparation.look().filter(found -> !found.running());
            if (site.isEmpty()) return false;
            Optional<ServerLock.Held> held;
            try {
                held = lock(site.get()).exclusive(LOCK_PATIENCE);
            } catch (LineLostException clearedByOthers) {
                return true;
            }
            if (held.isEmpty()) return false;
            ServerLock.Held ours = held.get();
            try (ours) {
                // Another host may have started it meanwhile.
                boolean cleared =
                        preparation.look().filter(found -> !found.running()).isPresent()
                                && preparation.clear(site.get());
                if (cleared) lock(site.get()).forget();
                return cleared;
            }
        });
    }

    private boolean isReachable() {
        try {
            return usable().line().isOpen();
        } catch (LineLostException ended) {
            return false;
        }
    }

    private boolean isUnused(Connection now) {
        List<Reply> replies = now.send(List.of(
                TmuxCommand.of("list-sessions", "-F", "#{session_name}"),
                TmuxCommand.of("list-clients", "-F", "#{client_pid}"),
                TmuxCommand.of("display-message", "-p", "#{client_pid}")));
        List<String> sessions = replies.get(0).lines();
        List<String> clients = replies.get(1).lines();
        // Without a client of its own tmux would speak of somebody else's.
        List<String> own = now.persistent() ? replies.get(2).lines() : List.of();
        return replies.stream().allMatch(Reply::ok)
                && sessions.stream().allMatch(TmuxServer.KEEPER::equals)
                && (own.containsAll(clients) || preparation.endOrphans(others(clients, own)));
    }

    private static List<String> others(List<String> clients, List<String> own) {
        return clients.stream().filter(client -> !own.contains(client)).toList();
    }

    /** Whoever removes the last terminal while others here still hold it leaves the end of the server to them. */
    private void endIfIdle(Connection now) {
        try {
            if (now.line().isOpen() && isUnused(now)) endIfUnused();
        } catch (TrailsException unreachable) {
            LoggerFactory.getLogger(SharedServer.class).debug("Nobody knows whether tmux is needed", unreachable);
        }
    }

    /** A client that leaves is news for others, which must not reach one that is just connecting. */
    void close() {
        Connection now = connection;
        ServerLock made = lock;
        if (now != null && made != null) {
            endIfIdle(now);
            Optional<ServerLock.Held> held = now.line().isOpen() ? made.shared(CLOSE_PATIENCE) : Optional.empty();
            now.close();
            held.ifPresent(ServerLock.Held::close);
        }
        if (made != null) made.close();
        ServerLock.Held ours = used;
        used = null;
        if (ours != null) ours.close();
        ServerLock holding = use;
        if (holding != null) holding.close();
    }
}
