package io.trails.worktree.internal.populate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line of an attributes file. Immutable. Small letters only, for where git ignores case.
 *
 * @param base the directory of the file, with '/' at its end, or empty
 * @param pattern as it is written; of a macro its name
 * @param macro whether the line defines one
 * @param words the attributes it gives
 */
record AttributeLine(String base, String pattern, boolean macro, List<String> words) {
    private static final String MACRO = "[attr]";

    AttributeLine {
        words = List.copyOf(words);
    }

    /** @param text one character for each byte */
    static List<AttributeLine> parse(String base, String text) {
        var lines = new ArrayList<AttributeLine>();
        String content = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
        for (String line : content.split("\n", -1)) {
            String stripped = line.replaceAll("^[ \\t\\r]+|[ \\t\\r]+$", "").toLowerCase(Locale.ROOT);
            if (stripped.isEmpty() || stripped.startsWith("#")) continue;
            lines.add(parseLine(base.toLowerCase(Locale.ROOT), stripped));
        }
        return lines;
    }

    private static AttributeLine parseLine(String base, String line) {
        // A quoted pattern may hold blanks; what is in it then counts as attributes too, which does no harm.
        List<String> words = List.of(line.split("[ \\t\\r]+"));
        boolean macro = words.get(0).startsWith(MACRO);
        String first = macro ? words.get(0).substring(MACRO.length()) : words.get(0);
        return new AttributeLine(base, first, macro, words.subList(1, words.size()));
    }

    /**
     * What the names end with that the pattern can match; empty if that could be any name. The directories in a pattern are left
     * out, so that it may match more than git's.
     */
    String ending() {
        if (pattern.startsWith("\"")) return "";
        String name = pattern.substring(pattern.lastIndexOf('/') + 1);
        String rest = name.startsWith("*") ? name.substring(1) : name;
        return rest.matches("[^*?\\[\\]\\\\\"]*") ? rest : "";
    }
}
