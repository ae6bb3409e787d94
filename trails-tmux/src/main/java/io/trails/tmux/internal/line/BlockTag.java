package io.trails.tmux.internal.line;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind {@code %begin}, {@code %end} and {@code %error} and tells one reply from others.
 *
 * @param text time, number and flags, as tmux wrote them
 */
record BlockTag(String text) {
    private static final Pattern BEGIN = Pattern.compile("%begin (-?\\d+ \\d+ \\d+)");

    static Optional<BlockTag> begin(String line) {
        if (!line.startsWith("%begin ")) return Optional.empty();
        Matcher matcher = BEGIN.matcher(line);
        return matcher.matches() ? Optional.of(new BlockTag(matcher.group(1))) : Optional.empty();
    }

    static Optional<BlockTag> end(String line) {
        return line.startsWith("%end ") ? Optional.of(new BlockTag(line.substring(5))) : Optional.empty();
    }

    /** Whether it belongs to a command that this client sent; hooks and the attaching itself do not. */
    boolean isReply() {
        return !text.endsWith(" 0");
    }

    boolean endsWell(String line) {
        return line.startsWith("%end ") && line.endsWith(text) && line.length() == 5 + text.length();
    }

    boolean endsBadly(String line) {
        return line.startsWith("%error ") && line.endsWith(text) && line.length() == 7 + text.length();
    }
}
