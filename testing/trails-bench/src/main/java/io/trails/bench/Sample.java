package io.trails.bench;

import java.util.Arrays;

/**
 * How long something took, over many runs.
 *
 * @param count how many runs
 * @param lower the first quartile in nanoseconds
 * @param median in nanoseconds
 * @param upper the third quartile in nanoseconds
 */
record Sample(long count, double lower, double median, double upper) {
    Sample {
        if (count < 1) throw new IllegalArgumentException("A sample needs at least one run");
    }

    static Sample of(long... nanos) {
        if (nanos.length == 0) throw new IllegalArgumentException("A sample needs at least one run");
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Sample(sorted.length, quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    private static double quantile(long[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
