package io.trails.bench;

import java.time.Duration;

/** What a row has to reach. */
sealed interface Target {
    /** The median takes at most that many times as long as the baseline's. */
    record Ratio(double atMost) implements Target {}

    /** The median takes at most that long, whatever the baseline takes. */
    record Time(Duration atMost) implements Target {}

    /** The median is at most that many bytes, whatever the baseline needs. */
    record Size(long atMost) implements Target {}

    /** The row is there to be read. */
    record None() implements Target {}

    static Target ratio(double atMost) {
        return new Ratio(atMost);
    }

    static Target time(Duration atMost) {
        return new Time(atMost);
    }

    static Target bytes(long atMost) {
        return new Size(atMost);
    }

    static Target none() {
        return new None();
    }
}
