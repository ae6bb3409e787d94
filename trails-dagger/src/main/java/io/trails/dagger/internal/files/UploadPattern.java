package io.trails.dagger.internal.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Spells a path as a pattern that an upload takes for this path alone, at the root of what is uploaded. */
public final class UploadPattern {
    /** Engines take what is left out of an upload in a header, of which 1 MiB is the most, with some bytes for each value. */
    private static final int MOST = 900_000;

    private static final int EACH = 60;
    /** What a pattern gives a meaning to, or a regular expression that a pattern is made into. */
    private static final String SPECIAL = "*?[]\\^";

    private UploadPattern() {}

    /** Whether an upload can name all of them: there is room for so many, and a header holds their characters. */
    public static boolean fit(List<String> patterns) {
        long size = 0;
        for (String pattern : patterns) {
            for (int i = 0; i < pattern.length(); i++) {
                if (Character.isISOControl(pattern.charAt(i))) return false;
            }
            size += size(pattern);
        }
        return size <= MOST;
    }

    private static int size(String pattern) {
        return pattern.getBytes(StandardCharsets.UTF_8).length + EACH;
    }

    /**
     * As few parts as can be asked for one after the other, with all paths of each below a size, unless they are few.
     *
     * @param few so many are one part, however long they are
     */
    public static List<List<String>> inParts(List<String> paths, int few) {
        var parts = new ArrayList<List<String>>();
        int from = 0;
        long size = 0;
        for (int i = 0; i < paths.size(); i++) {
            int next = size(paths.get(i));
            if (size + next > MOST && i - from >= few) {
                parts.add(paths.subList(from, i));
                from = i;
                size = 0;
            }
            size += next;
        }
        if (from < paths.size()) parts.add(paths.subList(from, paths.size()));
        return parts;
    }

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
