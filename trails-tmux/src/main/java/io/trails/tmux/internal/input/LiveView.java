package io.trails.tmux.internal.input;

import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.server.TmuxVersion;
import java.util.List;

/**
 * Ends what a person may have opened over a pane, such as copy mode, in which keys would be commands to tmux. Does nothing,
 * successfully, if there is none.
 */
final class LiveView {
    private LiveView() {}

    static List<TmuxCommand> commands(String pane, TmuxVersion version) {
        if (version.isAtLeast(3, 2)) return List.of(TmuxCommand.of("copy-mode", "-q", "-t", pane));
        // To leave a mode that is not there would be an error. Another mode under this one stays.
        return List.of(
                TmuxCommand.of("copy-mode", "-t", pane), TmuxCommand.of("send-keys", "-X", "-t", pane, "cancel"));
    }
}
