package io.trails.tmux.internal.line;

import java.util.List;

/**
 * One tmux command. Immutable. Every word reaches tmux as it is, whatever it contains but NUL; what tmux then does with it,
 * such as expanding formats in some arguments, is the caller's business.
 *
 * @param words the command and its arguments
 * @param showsProgramText whether its reply has lines that a program in a pane can choose, and which therefore may look
 *     like anything, also like the protocol
 */
public record TmuxCommand(List<String> words, boolean showsProgramText) {
    /** Checks and copies the components. */
    public TmuxCommand {
        words = List.copyOf(words);
        if (words.isEmpty() || words.get(0).isEmpty()) throw new IllegalArgumentException("A command needs a name");
        for (String word : words) {
            if (word.indexOf('\0') >= 0) throw new IllegalArgumentException("A word contains NUL");
        }
    }

    public static TmuxCommand of(String... words) {
        return new TmuxCommand(List.of(words), false);
    }

    /** The same whose reply may look like anything. */
    public TmuxCommand showingProgramText() {
        return new TmuxCommand(words, true);
    }
}
