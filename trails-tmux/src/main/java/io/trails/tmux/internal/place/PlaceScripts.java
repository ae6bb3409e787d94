package io.trails.tmux.internal.place;

import io.trails.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a {@link SandboxPlace} runs: constant scripts, which take everything as arguments and input. */
enum PlaceScripts {
    /** File, number of the first byte, most. */
    READ("""
            [ -f "$1" ] || exit 0
            [ -r "$1" ] || { echo 'not readable' >&2; exit 66; }
            tail -c "+$2" "$1" | head -c "$3"
            """),

    /** File. */
    SIZE("""
            [ -f "$1" ] || exit 0
            set -f
            set -- $(ls -lnL "$1")
            echo "$5"
            """),

    /** Anything. */
    EXISTS("""
            [ ! -e "$1" ] && [ ! -L "$1" ] || echo here
            """),

    /** Link, target. */
    LINK("""
            # ln makes a link in what leads to a directory.
            [ -e "$1" ] || [ -L "$1" ] || ln -s "$2" "$1"
            [ "$(readlink "$1")" = "$2" ] || { echo 'in the way' >&2; exit 66; }
            """),

    /** Directory. */
    LIST("""
            [ -d "$1" ] || exit 0
            ls -1A "$1/" 2>/dev/null && exit 0
            # It may have been removed just now.
            [ ! -d "$1" ] || { echo 'not readable' >&2; exit 66; }
            """),

    /** Directory. */
    CREATE_DIRECTORY("""
            exec mkdir -p "$1"
            """),

    /** File, draft, size. A part of the content, as of a host that ended meanwhile, replaces nothing. */
    WRITE("""
            [ ! -L "$1" ] || rm -f "$1" || exit 66
            [ ! -d "$1" ] || { echo 'a directory' >&2; exit 66; }
            set -C
            cat >"$2" && [ "$(($(wc -c <"$2")))" -eq "$3" ] && mv -f "$2" "$1" && exit 0
            rm -f "$2"
            exit 66
            """),

    /** File, draft, size. By way of a draft, as the content comes in pieces. */
    APPEND("""
            [ ! -L "$1" ] || { echo 'a link' >&2; exit 66; }
            (set -C; cat >"$2") && [ "$(($(wc -c <"$2")))" -eq "$3" ] && cat "$2" >>"$1" && rm -f "$2" && exit 0
            rm -f "$2"
            exit 66
            """),

    /** Anything. */
    DELETE("""
            if [ -d "$1" ] && [ ! -L "$1" ]; then
                for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
                    [ ! -e "$entry" ] && [ ! -L "$entry" ] || rm -f "$entry" || exit 66
                done
                exec rmdir "$1"
            fi
            [ ! -e "$1" ] && [ ! -L "$1" ] || exec rm -f "$1"
            """),

    /**
     * Directory. Writes a byte whenever it looks different, and now and then without: so it ends when nobody reads any more.
     * Looks less often while nothing happens.
     */
    WATCH("""
            exec 2>/dev/null
            before=
            idle=0
            while :; do
                now=$(ls -lniA "$1/" || echo none)
                if [ "$now" != "$before" ]; then
                    echo || exit
                    before=$now
                    idle=0
                fi
                idle=$((idle + 1))
                if [ "$idle" -lt 20 ]; then
                    sleep 0.005 || sleep 1 || exit
                elif [ "$((idle % 200))" = 0 ]; then
                    echo || exit
                else
                    sleep 0.05 || sleep 1 || exit
                fi
            done
            """);

    private static final String START = """
            umask 077
            PATH=/usr/bin:/bin:/usr/local/bin:/run/current-system/sw/bin${PATH:+:$PATH}
            LC_ALL=C
            export PATH LC_ALL
            unset CDPATH ENV
            """;

    private final String text;

    PlaceScripts(String text) {
        this.text = text;
    }

    Command command(String... arguments) {
        var argv = new ArrayList<>(List.of("/bin/sh", "-c", START + text, "trails-place"));
        argv.addAll(Arrays.asList(arguments));
        return Command.of(argv);
    }
}
