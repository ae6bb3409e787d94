package io.trails.tmux.internal.terminal;

import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.server.TmuxServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pane is whose, asked for all sessions at once: who takes up two hundred of them asks once. A pane is known by what it
 * was started with, since a person may rename its session, split it, or move it elsewhere. Names are never used twice, so
 * what was learned stays true as long as the server lives. Thread-safe.
 */
final class PaneTable {
    /** No pane of tmux. */
    static final String GONE = "%none";

    private static final List<TmuxCommand> LIST =
            List.of(TmuxCommand.of("list-panes", "-a", "-F", "#{pane_id} #{pane_start_command}"));

    /** The words of {@link PaneLaunch}, which some versions quote. */
    private static final Pattern STARTED =
            Pattern.compile("(%\\d{1,9}) \\S*/bin/sh\\S* \\S*/launch-[0-9a-f]+[\"']? \\S*/([A-Za-z0-9-]+)[\"']? \\S+");

    private final Object lock = new Object();
    private Map<String, String> known = Map.of();

    /** The pane that was made for a session of that name. */
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
            Matcher pane = STARTED.matcher(line);
            if (pane.matches()) panes.put(pane.group(2), pane.group(1));
        }
        return panes;
    }
}
