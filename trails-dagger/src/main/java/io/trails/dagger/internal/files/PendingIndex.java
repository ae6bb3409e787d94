package io.trails.dagger.internal.files;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All that is pending, by path. Immutable.
 *
 * @param applying whether all of it was about to be applied at once, which a crash may have stopped halfway
 */
record PendingIndex(NavigableMap<String, Pending> entries, boolean applying) {
    PendingIndex {
        entries = Collections.unmodifiableNavigableMap(new TreeMap<>(entries));
    }

    static PendingIndex empty() {
        return new PendingIndex(new TreeMap<>(), false);
    }

    PendingIndex with(NavigableMap<String, Pending> others) {
        return new PendingIndex(others, applying);
    }

    PendingIndex applying(boolean now) {
        return new PendingIndex(entries, now);
    }
}
