package io.trails.dagger.internal.files;

import java.util.List;

/**
 * The fixed beginning of a pattern, which tells into which ignored directories it is worth looking. Immutable.
 *
 * @param names the directories it names, as far as it names them
 * @param open whether what follows them can be anywhere below
 */
record Inclusion(List<String> names, boolean open) {
    private static final String WILD = "*?[\\";

    static Inclusion of(String pattern) {
        String plain = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (plain.indexOf('/') < 0) return new Inclusion(List.of(), true);
        if (plain.startsWith("/")) plain = plain.substring(1);
        List<String> all = List.of(plain.split("/", -1));
        for (int i = 0; i < all.size(); i++) {
            if (isWild(all.get(i))) return new Inclusion(all.subList(0, i), true);
        }
        return new Inclusion(all, false);
    }

    private static boolean isWild(String name) {
        return name.chars().anyMatch(c -> WILD.indexOf(c) >= 0);
    }

    boolean mayMatchBelow(String directory) {
        String[] way = directory.split("/", -1);
        for (int i = 0; i < way.length; i++) {
            if (i >= names.size()) return open;
            if (!way[i].equals(names.get(i))) return false;
        }
        return open || way.length < names.size();
    }
}
