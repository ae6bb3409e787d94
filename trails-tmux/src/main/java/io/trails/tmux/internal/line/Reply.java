package io.trails.tmux.internal.line;

import java.util.List;

/**
 * What tmux said to one command. Immutable.
 *
 * @param ok whether it succeeded
 * @param lines what it printed, or why it failed; for people, never to be parsed when it failed
 */
public record Reply(boolean ok, List<String> lines) {
    /** Copies the lines. */
    public Reply {
        lines = List.copyOf(lines);
    }
}
