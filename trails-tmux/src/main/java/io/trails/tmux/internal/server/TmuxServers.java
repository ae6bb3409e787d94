package io.trails.tmux.internal.server;

import io.trails.spi.Sandbox;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The servers that one provider holds. Thread-safe. */
public final class TmuxServers {
    private static final Pattern ID = Pattern.compile("[a-z0-9]{1,32}");

    private final int historyLimit;
    private final Object lock = new Object();
    private final Map<Key, Entry> servers = new HashMap<>();

    /** @param historyLimit how many lines a pane keeps that scrolled out of sight, in servers that are started */
    public TmuxServers(int historyLimit) {
        this.historyLimit = historyLimit;
    }

    private record Key(Sandbox place, String id) {}

    private static final class Entry {
        private final SharedServer server;
        private int holders;

        Entry(SharedServer server) {
            this.server = server;
        }
    }

    /**
     * A share of a server, which is started if need be.
     *
     * @param session any sandbox of the place where the server is
     * @param serverId lower-case letters and digits, the same for all who share the server
     * @throws io.trails.TrailsException {@code terminal.directory-unsafe} or {@code terminal.unreachable}
     */
    public TmuxServer lease(Sandbox session, String serverId) {
        var key = new Key(session.shared(), serverId);
        Entry entry = enter(key);
        return kept(key, entry, () -> {
                    entry.server.start();
                    return true;
                })
                .orElseThrow();
    }

    /** The same if the server runs; starts none. */
    public Optional<TmuxServer> find(Sandbox session, String serverId) {
        var key = new Key(session.shared(), serverId);
        Entry entry = enter(key);
        return kept(key, entry, entry.server::find);
    }

    /** Where a server is or was, if there is such a directory. */
    public Optional<String> directory(Sandbox session, String serverId) {
        return new Preparation(session.shared(), serverId).look().map(Site::directory);
    }

    /** Removes what is left of a server that was killed, unless something of its sessions is still there. */
    public void clear(Sandbox session, String serverId) {
        var key = new Key(session.shared(), serverId);
        Entry entry = enter(key);
        try {
            entry.server.clear();
        } finally {
            leave(key, entry);
        }
    }

    private interface Reach {
        boolean reaches();
    }

    private Optional<TmuxServer> kept(Key key, Entry entry, Reach reach) {
        boolean reached = false;
        try {
            reached = reach.reaches();
        } finally {
            if (!reached) leave(key, entry);
        }
        if (!reached) return Optional.empty();
        return Optional.of(new LeasedServer(entry.server, () -> holders(entry) == 1, () -> leave(key, entry)));
    }

    private Entry enter(Key key) {
        Objects.requireNonNull(key.place, "place");
        if (!ID.matcher(key.id).matches()) throw new IllegalArgumentException("Not the id of a server: " + key.id);
        synchronized (lock) {
            Entry entry = servers.computeIfAbsent(
                    key, missing -> new Entry(new SharedServer(missing.place, missing.id, historyLimit)));
            entry.holders++;
            return entry;
        }
    }

    private int holders(Entry entry) {
        synchronized (lock) {
            return entry.holders;
        }
    }

    private void leave(Key key, Entry entry) {
        synchronized (lock) {
            if (--entry.holders > 0) return;
            servers.remove(key, entry);
        }
        entry.server.close();
    }
}
