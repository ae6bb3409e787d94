package io.trails.bench;

import java.util.Arrays;

/**
 * How much something took, over many runs.
 *
 * @param count how many runs
 * @param lower the first quartile
 * @param median the second one
 * @param upper the third quartile
 * @param unit what they count
 */
record Sample(long count, double lower, double median, double upper, Unit unit) {
    /** What is counted. */
    enum Unit {
        NANOSECONDS,
        BYTES
    }

    Sample {
        if (count < 1) throw new IllegalArgumentException("A sample needs at least one run");
    }

    /** Of times in nanoseconds. */
    Sample(long count, double lower, double median, double upper) {
        this(count, lower, median, upper, Unit.NANOSECONDS);
    }

    static Sample of(long... nanos) {
        return of(Unit.NANOSECONDS, nanos);
    }

    static Sample of(Unit unit, long... runs) {
        if (runs.length == 0) throw new IllegalArgumentException("A sample needs at least one run");
        long[] sorted = runs.clone();
        Arrays.sort(sorted);
        return new Sample(sorted.length, quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75), unit);
    }

    private static double quantile(long[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
