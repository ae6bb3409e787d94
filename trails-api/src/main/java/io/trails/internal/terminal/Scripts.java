package io.trails.internal.terminal;

/**
 * What is run through the sandbox to hold, watch and end a detached program. Constant POSIX shell: what varies comes as
 * positional parameters. The names of all variables start with {@code trails_}, since assigning to one that the program's
 * environment has would change what the program gets. Built-in commands are preferred and other tools looked up beside
 * the program's own {@code PATH}, which may be anything.
 */
final class Scripts {
    static final int TAKEN = 10;
    static final int NO_PROGRAM = 11;
    static final int NO_MKFIFO = 12;
    static final int NO_DIRECTORY = 13;

    /** Sets {@code trails_holder} to what {@link Holder#parse} reads; fails for a process that is gone or a zombie. */
    private static final String IDENTIFY = """
            trails_stat() {
              [ "$1" != Z ] && [ "$1" != X ] || return 1
              shift 19
              trails_start=$1
            }
            trails_identify() {
              kill -0 "$1" 2>/dev/null || return 1
              trails_boot=
              if [ -r "/proc/$1/stat" ] && read -r trails_line 2>/dev/null <"/proc/$1/stat"; then
                trails_stat ${trails_line##*) } || return 1
                if [ -r /proc/sys/kernel/random/boot_id ]; then read -r trails_boot </proc/sys/kernel/random/boot_id; fi
              else
                trails_start=$(LC_ALL=C ps -o lstart= -p "$1" 2>/dev/null | tr -cs '[:alnum:]' _)
                [ -n "$trails_start" ] || return 1
              fi
              trails_holder=$1:$trails_start:$trails_boot
            }
            """;

    /**
     * Becomes an interactive shell: nothing that is typed, be it a syntax error or an interrupt, ends one. Its complaints
     * about the missing terminal device and its first prompt go nowhere, and bash neither echoes nor expands history.
     */
    static final String SHELL = """
            if [ -n "${BASH_VERSION-}" ] && /bin/sh --noediting -c : 2>/dev/null; then
              exec /bin/sh --noediting +H -i 2>/dev/null
            fi
            exec /bin/sh -i 2>/dev/null
            """;

    /** The same with its output appended to a file. */
    static final String SHELL_TO_FILE = "exec >>\"$1\"\n" + SHELL;

    /** The first line {@link #SHELL} reads. Not its environment, which its children would inherit. */
    static final String SHELL_GREETING = "unset PS1 PS2 HISTFILE; PS1=; PS2=; exec 2>&1";

    /**
     * Gives the blocks of the first bytes of a file back to the file system. Opened for reading, it is not made anew where it
     * has just been deleted.
     */
    static final String TRIM = """
            PATH=/usr/local/bin:/usr/bin:/bin${PATH:+:$PATH}
            exec fallocate -p -o 0 -l "$2" /proc/self/fd/0 <"$1"
            """;

    /**
     * Holds the program: claims the terminal, keeps its input open so that a writer that goes away is no end of file, and
     * writes down the exit code. It catches signals, which resets them for the program, and so survives those meant for
     * the program's process group. The program reports its start by itself, when those signals reach it.
     */
    static final String HOLD = IDENTIFY + """
            trails_dir=$1 trails_greeting=$2 trails_ln=$3
            shift 3
            trap : INT QUIT TERM HUP
            trails_mask=$(umask)
            umask 077
            exec 9<>"$trails_dir/input"
            trails_identify $$ || exit 1
            "$trails_ln" -s "$trails_holder" "$trails_dir/claim" || { echo taken; exit 1; }
            exec 8>&1 >/dev/null
            [ -z "$trails_greeting" ] || echo "$trails_greeting" >&9
            (exec 9>&-; umask "$trails_mask"; echo started >&8; exec 8>&-; exec "$@") \\
              <"$trails_dir/input" >>"$trails_dir/output" 2>&1
            trails_code=$?
            [ "$trails_code" -le 255 ] || trails_code=$((trails_code - 128))
            echo "$trails_code" >"$trails_dir/status"
            """;

    /**
     * Starts the holder in a session of its own. In the background of a shell the program would ignore interrupts, and no
     * shell can undo that; so {@code setsid} leaves the foreground by forking, which it does when it leads a group, which
     * the first of the two calls sees to. A host that was itself started in the background hands its ignored interrupts
     * down; where {@code env} can, it puts them right.
     */
    static final String LAUNCH = """
            trails_dir=$1 trails_greeting=$2 trails_hold=$3
            shift 3
            trails_tool() { (PATH=${PATH:-}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin; command -v "$1"); }
            trails_runnable() {
              case $1 in
              */*) [ -f "$1" ] && [ -x "$1" ]; return ;;
              esac
              trails_path=${PATH-/usr/bin:/bin}:
              while [ -n "$trails_path" ]; do
                trails_entry=${trails_path%%:*} trails_path=${trails_path#*:}
                if [ -f "${trails_entry:-.}/$1" ] && [ -x "${trails_entry:-.}/$1" ]; then return 0; fi
              done
              return 1
            }
            trails_runnable "$1" || exit 11
            trails_mkfifo=$(trails_tool mkfifo) || exit 12
            trails_ln=$(trails_tool ln) || exit 13
            [ -p "$trails_dir/input" ] || "$trails_mkfifo" -m 600 "$trails_dir/input" 2>/dev/null \\
              || [ -p "$trails_dir/input" ] || exit 13
            trails_env=$(trails_tool env) && "$trails_env" --default-signal=INT,QUIT,HUP /bin/sh -c : 2>/dev/null \\
              || trails_env=
            trails_start() {
              if trails_setsid=$(trails_tool setsid); then
                "$trails_setsid" "$trails_setsid" ${trails_env:+"$trails_env" --default-signal=INT,QUIT,HUP} \\
                  /bin/sh -c "$trails_hold" trails-terminal "$@"
              else
                set -m
                /bin/sh -c "$trails_hold" trails-terminal "$@" &
              fi
            }
            trails_start "$trails_dir" "$trails_greeting" "$trails_ln" "$@" </dev/null 2>/dev/null | {
              read -r trails_reply
              case $trails_reply in
              started) exit 0 ;;
              taken) exit 10 ;;
              *) exit 13 ;;
              esac
            }
            """;

    /** Exits with 0 if the holder lives. */
    static final String ALIVE = IDENTIFY + """
            trails_identify "${1%%:*}" && [ "$trails_holder" = "$1" ]
            """;

    /** Interrupts the program's process group. */
    static final String INTERRUPT = IDENTIFY + """
            if trails_identify "${1%%:*}" && [ "$trails_holder" = "$1" ]; then kill -s INT -- "-${1%%:*}"; fi
            """;

    /**
     * Exits with 0 if no process of the terminal lives, after ending them if told so. They are those in the holder's
     * process group, those that carry the terminal's mark in their environment, and the descendants of both.
     */
    static final String END = IDENTIFY + """
            trails_mark=$1 trails_claim=$2 trails_verb=$3
            trails_alive() {
              trails_leader=
              if [ -n "$trails_claim" ] && trails_identify "${trails_claim%%:*}" && [ "$trails_holder" = "$trails_claim" ]
              then trails_leader=${trails_claim%%:*}
              fi
              trails_marked=
              if [ -r /proc/self/environ ]; then
                trails_marked=$(grep -lsF -e "TRAILS_TERMINAL=$trails_mark" /proc/[0-9]*/environ | tr -cs '0-9\\n' ' ')
              fi
              if [ -r /proc/self/stat ]; then
                cat /proc/[0-9]*/stat 2>/dev/null | sed 's/^\\([0-9]*\\) .*) /\\1 /'
              else
                ps -A -o pid= -o stat= -o ppid= -o pgid=
              fi | awk -v leader="$trails_leader" -v marked="$(echo $trails_marked)" '
                  BEGIN { count = split(marked, list, " "); for (i = 1; i <= count; i++) root[list[i]] = 1 }
                  $2 !~ /^[ZX]/ { parent[$1] = $3; if (leader != "" && $4 == leader) root[$1] = 1 }
                  END {
                    for (pid in parent) {
                      up = pid
                      for (depth = 0; depth < 1000 && (up in parent); depth++) {
                        if (up in root) { print pid; break }
                        up = parent[up]
                      }
                    }
                  }'
            }
            trails_signal() {
              trails_round=0
              while [ "$trails_round" -lt "$2" ]; do
                trails_pids=$(trails_alive)
                [ -n "$trails_pids" ] || exit 0
                if [ "$trails_round" = 0 ] || [ "$1" = KILL ]; then
                  kill -s "$1" $trails_pids 2>/dev/null
                  [ "$1" = KILL ] || kill -s HUP $trails_pids 2>/dev/null
                fi
                sleep 0.05 2>/dev/null || sleep 1
                trails_round=$((trails_round + 1))
              done
            }
            trails_pids=$(trails_alive)
            [ -n "$trails_pids" ] || exit 0
            [ "$trails_verb" = end ] || exit 1
            trails_signal TERM 20
            trails_signal KILL 60
            exit 1
            """;

    private Scripts() {}
}
