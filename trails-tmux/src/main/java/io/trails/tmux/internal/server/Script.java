package io.trails.tmux.internal.server;

/**
 * What runs in the sandbox around the server. Constant POSIX shell: whatever differs is an argument. The exit codes that are
 * named here say why it refused.
 */
final class Script {
    static final int LINK = 41;
    static final int ABSENT = 42;
    static final int NOT_MADE = 43;
    static final int NOT_A_DIRECTORY = 44;
    static final int FOREIGN = 45;
    static final int OPEN_TO_OTHERS = 46;
    static final int NO_TMUX = 47;

    /**
     * Says whether a server answers on the socket. One whose socket was deleted is asked to make it again: it would be lost,
     * with its sessions, and a second one would hide it.
     */
    private static final String REACH = """
        unset TMUX TMUX_PANE TMUX_TMPDIR
        umask 077
        answers() { "$tmux" -S "$sock" "$@" >/dev/null 2>&1; }
        pause() { sleep 0.05 2>/dev/null || sleep 1; }
        reaches() {
            answers show-options -g status && return 0
            for file in $(grep -lsF -- "$sock" /proc/[0-9]*/cmdline 2>/dev/null); do
                process=${file%/cmdline}
                { read -r name <"$process/comm"; } 2>/dev/null || continue
                [ "$name" = "tmux: server" ] && [ -O "$process" ] || continue
                kill -USR1 "${process#/proc/}" 2>/dev/null || continue
                tries=40
                while [ "$tries" -gt 0 ] && [ -e "$process" ]; do
                    answers show-options -g status && return 0
                    pause
                    tries=$((tries - 1))
                done
            done
            return 1
        }
        """;

    /**
     * Makes sure of the directory. Arguments: the server's id, {@code make} or {@code look}, and the user's number if it is known.
     * Prints the directory, the
     * program, its version or that of the server, a terminal type that the system knows, and whether the server
     * {@code keeps} its keeper, only {@code runs}, or {@code rests}.
     */
    static final String PREPARE = REACH + """
        mode=$2 uid=$3
        [ -n "$uid" ] || uid=$(id -u) || exit 43
        gone() { [ "$mode" = make ] && exit 43; exit 42; }
        there() {
            if [ "$mode" = make ] && [ ! -e "$1" ] && [ ! -L "$1" ]; then mkdir "$1" 2>/dev/null; fi
            [ ! -L "$1" ] || exit 41
            [ -e "$1" ] || gone
            [ -d "$1" ] || exit 44
        }
        private() {
            # What ls -n says of one directory after the other.
            while [ "$#" -ge 9 ]; do
                [ "$3" = "$uid" ] || exit 45
                case $1 in drwx------ | drwx------[.@]) ;; *) exit 46 ;; esac
                shift 9
                checked=$((checked + 1))
            done
        }
        parent=/tmp/trails-$uid checked=0
        dir=$parent/$1 sock=$parent/$1/t.sock
        there "$parent"
        # Nothing is made in a directory that is not ours; otherwise one look is enough for both.
        if [ "$mode" = make ]; then private $(ls -ldn "$parent" 2>/dev/null); checked=0; fi
        there "$dir"
        private $(ls -ldn "$parent" "$dir" 2>/dev/null)
        # Whoever ended the server has just removed it.
        [ "$checked" = 2 ] || gone
        tmux=$(command -v tmux) || exit 47
        printf '%s\n%s\n' "$dir" "$tmux"
        if version=$("$tmux" -S "$sock" has-session -t =trails-keeper ';' display-message -p 'tmux #{version}' 2>&1); then
            printf '%s\n' "$version" - keeps
            exit 0
        fi
        "$tmux" -V || exit 47
        term=screen-256color
        if infocmp tmux-256color >/dev/null 2>&1; then term=tmux-256color; fi
        for known in /etc/terminfo /lib/terminfo /usr/lib/terminfo /usr/share/terminfo /usr/local/share/terminfo; do
            if [ -e "$known/t/tmux-256color" ] || [ -e "$known/74/tmux-256color" ]; then term=tmux-256color; fi
        done
        printf '%s\n' "$term"
        if reaches; then echo runs; else echo rests; fi
        exit 0
        """;

    /** Starts the server, or its keeper again. Arguments: the directory, the program, and the tmux commands. */
    static final String START = REACH + """
        cd / || exit 1
        dir=$1 tmux=$2 sock=$1/t.sock
        shift 2
        answers has-session -t =trails-keeper && exit 0
        reaches && answers has-session -t =trails-keeper && exit 0
        left=20
        while :; do
            env -i "PATH=$PATH" ${LANG:+"LANG=$LANG"} ${LC_ALL:+"LC_ALL=$LC_ALL"} \
                ${LC_CTYPE:+"LC_CTYPE=$LC_CTYPE"} ${TZ:+"TZ=$TZ"} ${TERMINFO:+"TERMINFO=$TERMINFO"} \
                "$tmux" -S "$sock" -f /dev/null -u "$@" && exit 0
            answers has-session -t =trails-keeper && exit 0
            left=$((left - 1))
            [ "$left" -gt 0 ] || exit 1
            pause
        done
        """;

    /** Ends the server and waits until it is gone. Arguments: the directory, the program, the server's process id. */
    static final String END = """
        unset TMUX TMUX_PANE TMUX_TMPDIR
        dir=$1 tmux=$2 server=$3
        "$tmux" -S "$dir/t.sock" kill-server 2>/dev/null
        tries=60
        while kill -0 "$server" 2>/dev/null; do
            { read -r name <"/proc/$server/comm"; } 2>/dev/null && [ "$name" != "tmux: server" ] && break
            grep -q '^State:[[:space:]]*Z' "/proc/$server/status" 2>/dev/null && break
            tries=$((tries - 1))
            [ "$tries" -gt 0 ] || exit 1
            sleep 0.05 2>/dev/null || sleep 1
        done
        rm -f -- "$dir"/* 2>/dev/null
        rmdir "$dir" 2>/dev/null
        exit 0
        """;

    /** Removes the directory of a dead server unless something of a session is in it. Argument: the directory. */
    static final String CLEAR = """
        dir=$1
        for file in "$dir"/*; do
            if [ -d "$file" ] || [ -L "$file" ]; then exit 0; fi
        done
        rm -f -- "$dir"/* 2>/dev/null
        rmdir "$dir" 2>/dev/null
        exit 0
        """;

    /**
     * Ends those of the clients whose parent is gone, and succeeds if that were all. With such a client not even kill-server
     * would end the server. Arguments: process ids.
     */
    static final String ORPHANED = """
            for process; do
                { read -r line <"/proc/$process/stat"; } 2>/dev/null || continue
                case $line in *"(tmux: client)"*) ;; *) exit 1 ;; esac
                set -- ${line##*)}
                parent=$2
                { read -r name <"/proc/$parent/comm"; } 2>/dev/null || exit 1
                case $parent:$name in 1:java) exit 1 ;; 1:* | *:systemd) ;; *) exit 1 ;; esac
                kill -KILL "$process" 2>/dev/null
            done
            exit 0
            """;

    /** Becomes a client whose messages go nowhere. Arguments: the program and its own. */
    static final String ATTACH = "unset TMUX TMUX_PANE TMUX_TMPDIR; exec \"$@\" 2>/dev/null";

    private Script() {}
}
