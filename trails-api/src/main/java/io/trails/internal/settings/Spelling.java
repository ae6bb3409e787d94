package io.trails.internal.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant. */
final class Spelling {
    private Spelling() {}

    /** The known word nearest to the given one, if one is near: a third of its letters may differ. */
    static Optional<String> nearest(String word, Collection<String> known) {
        String plain = plain(word);
        Optional<String> nearest = Optional.empty();
        int least = Math.max(1, plain.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(plain, plain(candidate));
            if (distance < least) {
                least = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    private static String plain(String word) {
        // A longer one is no misspelling, and the table below is quadratic.
        String bounded = word.length() > 64 ? word.substring(0, 64) : word;
        return bounded.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** How many letters must be inserted, deleted, replaced or swapped with their neighbour. */
    static int distance(String one, String other) {
        var table = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) table[i][0] = i;
        for (int j = 0; j <= other.length(); j++) table[0][j] = j;
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                int replaced = table[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                table[i][j] = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[one.length()][other.length()];
    }
}
