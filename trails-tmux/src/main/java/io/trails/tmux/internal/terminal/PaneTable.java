package io.trails.tmux.internal.terminal;

import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.server.TmuxServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pane is whose, asked for all sessions at once: who takes up two hundred of them asks once. Names are never used
 * twice, so what was learned stays true as long as the server lives. Thread-safe.
 */
final class PaneTable {
    /** No pane of tmux. */
    static final String GONE = "%none";

    private static final List<TmuxCommand> LIST =
            List.of(TmuxCommand.of("list-panes", "-a", "-F", "#{pane_id} #{session_name}"));

    private final Object lock = new Object();
    private Map<String, String> known = Map.of();

    /** The first pane of a session, the one it was made with: a person may have split it. */
    Optional<String> find(TmuxServer server, String session) {
        synchronized (lock) {
            String pane = known.get(session);
            if (pane != null) return Optional.of(pane);
        }
        Map<String, String> now = ask(server);
        synchronized (lock) {
            known = now;
        }
        return Optional.ofNullable(now.get(session));
    }

    void forget(String session) {
        synchronized (lock) {
            known = new HashMap<>(known);
            known.remove(session);
        }
    }

    private static Map<String, String> ask(TmuxServer server) {
        Reply reply = server.run(LIST).get(0);
        var panes = new HashMap<String, String>();
        if (!reply.ok()) return panes;
        for (String line : reply.lines()) {
            int space = line.indexOf(' ');
            if (space < 2 || line.charAt(0) != '%') continue;
            panes.merge(line.substring(space + 1), line.substring(0, space), PaneTable::older);
        }
        return panes;
    }

    private static String older(String one, String other) {
        return Long.parseLong(one.substring(1)) <= Long.parseLong(other.substring(1)) ? one : other;
    }
}
