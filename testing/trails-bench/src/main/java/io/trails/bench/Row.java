package io.trails.bench;

import io.trails.bench.Target.Ratio;
import io.trails.bench.Target.Size;
import io.trails.bench.Target.Time;

/**
 * One line of the report.
 *
 * @param what was measured
 * @param against what the baseline does
 * @param baseline what that took
 * @param trails what trails took, or what the title names instead
 * @param target what is to be reached
 * @param note what else was observed, or nothing
 */
record Row(String what, String against, Sample baseline, Sample trails, Target target, String note) {
    Row {
        if (baseline.unit() != trails.unit()) {
            throw new IllegalArgumentException("'" + what + "' compares " + trails.unit() + " with " + baseline.unit());
        }
    }

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
        if (target instanceof Size size) return trails.median() <= size.atMost() ? Verdict.MET : Verdict.MISSED;
        return Verdict.NO_TARGET;
    }
}
