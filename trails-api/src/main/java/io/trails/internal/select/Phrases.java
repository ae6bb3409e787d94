package io.trails.internal.select;

import io.trails.Isolation;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Words for sets. */
final class Phrases {
    private Phrases() {}

    static String list(Set<Isolation> isolation) {
        if (isolation.isEmpty()) return "nothing";
        var text = new StringBuilder();
        for (Isolation each : EnumSet.copyOf(isolation)) {
            text.append(text.length() == 0 ? "" : ", ").append(each.name().toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    /** What the first has beyond the second. */
    static String beyond(Set<Isolation> more, Set<Isolation> less) {
        Set<Isolation> rest = EnumSet.noneOf(Isolation.class);
        rest.addAll(more);
        rest.removeAll(less);
        return list(rest);
    }
}
