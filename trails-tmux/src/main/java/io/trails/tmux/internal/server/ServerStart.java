package io.trails.tmux.internal.server;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands that make a server ours, given to it as one sequence: if one fails there is no keeper, and without sessions
 * the server ends by itself.
 */
final class ServerStart {
    private ServerStart() {}

    static List<String> commands(Site site, int historyLimit) {
        var argv = new ArrayList<String>(List.of("start-server"));
        for (String option : List.of("exit-empty off", "escape-time 0", "set-clipboard off", "message-limit 0")) {
            set(argv, "-s", option);
        }
        set(argv, "-s", "default-terminal " + site.term());
        set(argv, "-g", "history-limit " + historyLimit);
        for (String option : List.of("status off", "destroy-unattached off", "default-shell /bin/sh")) {
            set(argv, "-g", option);
        }
        for (String option : List.of("remain-on-exit on", "automatic-rename off", "allow-rename off")) {
            set(argv, "-gw", option);
        }
        // Not window-size: 3.3 to 3.6 crash at the next new-session when it is manual for all. Each window has to be
        // set.
        argv.addAll(List.of(";", "set-option", "-g", "update-environment", ""));
        if (site.version().isAtLeast(3, 3)) {
            argv.addAll(List.of(";", "set-option", "-gw", "remain-on-exit-format", ""));
        }
        // A session whose program has ended needs no process.
        argv.addAll(
                List.of(";", "new-session", "-d", "-s", TmuxServer.KEEPER, "-x", "80", "-y", "24", "-c", "/", "true"));
        return argv;
    }

    private static void set(List<String> argv, String scope, String option) {
        argv.addAll(List.of(";", "set-option", scope));
        argv.addAll(List.of(option.split(" ", 2)));
    }
}
