package io.trails.tmux.internal.line;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells where a reply ends whose lines a program has chosen: behind the command another one is sent that prints a number
 * which the program cannot know.
 *
 * @param secret what the second command prints
 */
record Fence(String secret) {
    private static final int SECRET_BYTES = 16;

    static Fence random(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return new Fence(HexFormat.of().formatHex(bytes));
    }

    byte[] line() {
        return QuotedWords.line(TmuxCommand.of("display-message", "-p", secret));
    }

    /** Whether the last lines are the whole reply to {@link #line()}. */
    boolean ends(List<String> lines) {
        int last = lines.size() - 1;
        if (last < 2 || !lines.get(last - 1).equals(secret)) return false;
        return BlockTag.end(lines.get(last))
                .flatMap(tag -> BlockTag.begin(lines.get(last - 2)).filter(tag::equals))
                .isPresent();
    }
}
