package io.trails.dagger.internal.files;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All that is pending, by path. Immutable.
 *
 * @param withheld what is to come and could not be had yet
 * @param applying whether all of it was about to be applied at once, which a crash may have stopped halfway
 */
record PendingIndex(NavigableMap<String, Pending> entries, NavigableMap<String, Withheld> withheld, boolean applying) {
    PendingIndex {
        entries = Collections.unmodifiableNavigableMap(new TreeMap<>(entries));
        withheld = Collections.unmodifiableNavigableMap(new TreeMap<>(withheld));
    }

    static PendingIndex empty() {
        return new PendingIndex(new TreeMap<>(), new TreeMap<>(), false);
    }

    PendingIndex with(NavigableMap<String, Pending> others) {
        return new PendingIndex(others, withheld, applying);
    }

    PendingIndex withheld(NavigableMap<String, Withheld> others) {
        return new PendingIndex(entries, others, applying);
    }

    PendingIndex applying(boolean now) {
        return new PendingIndex(entries, withheld, now);
    }
}
