package io.trails.bench;

import java.util.Locale;

/**
 * How big a repository is. Immutable.
 *
 * @param files how many
 * @param bytesPerFile on average
 */
record Size(int files, int bytesPerFile) {
    static final Size SMALL = new Size(100, 6_000);
    static final Size MEDIUM = new Size(5_000, 6_000);
    static final Size BIG = new Size(50_000, 10_000);

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d files", files);
    }
}
