package io.trails.bench;

/** What runs in the panes. */
final class Programs {
    /** What a program shows that is ready. */
    static final String READY = "ready.";

    /** Takes every byte at once, and prints nothing, so that only the typing is measured. */
    static final String READER = "stty raw -echo; echo " + READY + "; exec cat >/dev/null";

    /** Fills a screen, in several colours. */
    static final String PAINTER = """
            i=0
            while [ $i -lt 49 ]; do
                i=$((i + 1))
                printf '\\033[1;3%dm%03d\\033[0m of the lines of an agent that explains at length what it is about to do\\n' \
                    $((i % 8)) $i
            done
            printf %s """ + READY + "; exec sleep 100000";

    private Programs() {}
}
