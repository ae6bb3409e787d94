package io.trails.dagger.internal.files;

/** Spells a path as a pattern that an upload takes for this path alone, at the root of what is uploaded. */
public final class UploadPattern {
    /** What a pattern gives a meaning to, or a regular expression that a pattern is made into. */
    private static final String SPECIAL = "*?[]\\^";

    private UploadPattern() {}

    public static String of(String path) {
        var pattern = new StringBuilder(path.length() + 8);
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean edge = i == 0 || i == path.length() - 1;
            if (edge && isTrimmed(c)) {
                // An escaped space would still be cut off, and its escape would stay.
                pattern.append('[').append(c).append(']');
            } else if (c == '\ufffd') {
                // A byte that no text stands for.
                if (pattern.length() == 0 || pattern.charAt(pattern.length() - 1) != '*') pattern.append('*');
            } else {
                if (SPECIAL.indexOf(c) >= 0 || (i == 0 && c == '!')) pattern.append('\\');
                pattern.append(c);
            }
        }
        return pattern.toString();
    }

    private static boolean isTrimmed(char c) {
        return c == '\ufeff' || Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
