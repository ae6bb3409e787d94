package io.trails.tmux.internal.terminal;

import java.util.List;

/** Which interactive shell a terminal without a command runs. */
final class Shells {
    private Shells() {}

    /**
     * The system's own, as {@code run} promises the language of a POSIX shell: not the user's, whose start-up files would make
     * of a line what they like and take the time they like. Nothing is set up, so what hosts run is in nobody's history.
     */
    static List<String> interactive() {
        return List.of("/bin/sh");
    }
}
