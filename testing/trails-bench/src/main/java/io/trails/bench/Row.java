package io.trails.bench;

import io.trails.bench.Target.Ratio;
import io.trails.bench.Target.Time;

/**
 * One line of the report.
 *
 * @param what was measured
 * @param against what the baseline does
 * @param baseline how long that took
 * @param trails how long trails took
 * @param target what is to be reached
 * @param note what else was observed, or nothing
 */
record Row(String what, String against, Sample baseline, Sample trails, Target target, String note) {
    /** What came out. */
    enum Verdict {
        MET,
        MISSED,
        NO_TARGET
    }

    double ratio() {
        return trails.median() / baseline.median();
    }

    Verdict verdict() {
        if (target instanceof Ratio ratio) return ratio() <= ratio.atMost() ? Verdict.MET : Verdict.MISSED;
        if (target instanceof Time time) {
            return trails.median() <= time.atMost().toNanos() ? Verdict.MET : Verdict.MISSED;
        }
        return Verdict.NO_TARGET;
    }
}
