package io.trails.tmux.internal.terminal;

/**
 * What a pane runs: it waits for its orders, becomes what they say, and writes down how that ended. Constant POSIX shell, made
 * of built-in commands but for one of the system, since the program's {@code PATH} may be anything. The names of its variables
 * start with {@code trails_}, since assigning to one that the program's environment has would change what the program gets.
 */
final class LaunchScript {
    /**
     * Called with the directory of the pane and the pipe its orders come from. It stays as the program's parent, because tmux
     * can lose the exit code of a program (3.3a); it catches signals, which resets them for the program, and so survives those
     * meant for the program's process group and the hang-up of a server that was killed. It does not catch the stop of a
     * terminal: then tmux wakes the whole group. {@code exec} keeps built-in commands of the shell from being taken for the
     * program. It ends a little after the program: tmux closes a terminal whose process has ended and that counts no unread
     * bytes, and on a busy machine Linux counts the last ones late (3.3a on 6.18 lost them in 3 of 1,200 panes, and in none with
     * the pause). The pause carries no mark and is in no directory of the session: it would count as a process of the
     * session that was just stopped, and keep its files from being removed.
     */
    private static final String TEXT = """
            trails_dir=$1 trails_gate=$2
            trap : INT QUIT TERM HUP
            trails_refuse() { echo "$1" >"$trails_dir/refused"; exit 125; }
            trails_pane=$TMUX,$TMUX_PANE
            . "$trails_gate"
            echo "$trails_pane" >"$trails_dir/started" || exit 125
            (exec "$@")
            trails_code=$?
            [ "$trails_code" -le 255 ] || trails_code=$((trails_code - 128))
            { echo "$trails_code" >"$trails_dir/status"; } 2>/dev/null
            cd /
            (unset TRAILS_SESSION TRAILS_TERMINAL TRAILS_EXEC; command -p sleep 0.05 || command -p sleep 1) 2>/dev/null
            """;

    static final ScriptFile FILE = ScriptFile.of("launch", TEXT);

    private LaunchScript() {}
}
