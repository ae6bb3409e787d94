package io.trails.tmux.internal.output;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The segment files that were in a terminal's directory when it was looked at. Immutable.
 *
 * @param starts the positions of their first bytes
 */
record Segments(NavigableSet<Long> starts) {
    static final String PREFIX = "output.";
    static final Segments NONE = new Segments(new TreeSet<>());

    /** More digits than a position has are none of ours. */
    private static final int MOST_DIGITS = 18;

    private static final int LEAST_DIGITS = 12;

    Segments {
        starts = new TreeSet<>(starts);
    }

    static Segments in(Collection<String> names) {
        var starts = new TreeSet<Long>();
        for (String name : names) if (isSegment(name)) starts.add(Long.parseLong(name.substring(PREFIX.length())));
        return new Segments(starts);
    }

    private static boolean isSegment(String name) {
        int digits = name.length() - PREFIX.length();
        return name.startsWith(PREFIX)
                && digits >= LEAST_DIGITS
                && digits <= MOST_DIGITS
                && name.chars().skip(PREFIX.length()).allMatch(c -> c >= '0' && c <= '9');
    }

    static String name(long start) {
        return String.format(java.util.Locale.ROOT, "%s%012d", PREFIX, start);
    }

    OptionalLong first() {
        return starts.isEmpty() ? OptionalLong.empty() : OptionalLong.of(starts.first());
    }

    OptionalLong last() {
        return starts.isEmpty() ? OptionalLong.empty() : OptionalLong.of(starts.last());
    }

    /** The one a position is in, if any. */
    OptionalLong holding(long position) {
        Long start = starts.floor(position);
        return start == null ? OptionalLong.empty() : OptionalLong.of(start);
    }

    OptionalLong after(long position) {
        Long start = starts.higher(position);
        return start == null ? OptionalLong.empty() : OptionalLong.of(start);
    }
}
