package io.trails.tmux.internal.line;

import java.nio.charset.StandardCharsets;

/**
 * Writes a command as one line of tmux's own language, so that its words arrive as they are. Single quotes keep everything
 * but themselves and the ends of lines, in every version since 3.0; octal escapes came later, so they are not used.
 */
final class QuotedWords {
    private QuotedWords() {}

    /** The line in UTF-8, with its line feed. */
    static byte[] line(TmuxCommand command) {
        var line = new StringBuilder();
        for (String word : command.words()) {
            if (line.length() > 0) line.append(' ');
            quote(word, line);
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void quote(String word, StringBuilder line) {
        line.append('\'');
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                // Nothing that double quotes would expand gets into them.
                case '\'' -> line.append("'\"'\"'");
                case '\n' -> line.append("'\"\\n\"'");
                case '\r' -> line.append("'\"\\r\"'");
                default -> line.append(c);
            }
        }
        line.append('\'');
    }
}
