package io.trails.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Ways of doing the same, taken by turns, each compared with the first. */
final class Contest {
    private final Effort effort;
    private final String against;
    private final Made baseline;
    private final List<Entry> entries = new ArrayList<>();

    Contest(Effort effort, String against, Made baseline) {
        this.effort = effort;
        this.against = against;
        this.baseline = baseline;
    }

    /**
     * How often everything is done.
     *
     * @param warmups in a whole run, before it counts
     * @param runs in a whole run
     */
    record Effort(int warmups, int runs, Sample.Unit unit) {
        static Effort light() {
            return new Effort(60, 101, Sample.Unit.NANOSECONDS);
        }

        static Effort medium() {
            return new Effort(10, 41, Sample.Unit.NANOSECONDS);
        }

        static Effort heavy(int runs) {
            return new Effort(1, runs, Sample.Unit.NANOSECONDS);
        }

        static Effort ofMemory(int runs) {
            return new Effort(0, runs, Sample.Unit.BYTES);
        }

        /** What takes seconds is done once. */
        Effort quick() {
            return warmups > 1 ? new Effort(2, 5, unit) : new Effort(0, 1, unit);
        }
    }

    /** Makes a way on a stage. */
    interface Made {
        Way on(Stage stage) throws Exception;
    }

    private record Entry(String what, Target target, Made made, String note) {}

    Contest entry(String what, Target target, Made made) {
        return entry(what, target, made, "");
    }

    Contest entry(String what, Target target, Made made, String note) {
        entries.add(new Entry(what, target, made, note));
        return this;
    }

    List<String> titles() {
        return entries.stream().map(Entry::what).toList();
    }

    /** The rows whose titles are wanted. */
    List<Row> run(Scratch scratch, boolean quick, Predicate<String> wanted) throws Exception {
        List<Entry> taken =
                entries.stream().filter(entry -> wanted.test(entry.what)).toList();
        Effort now = quick ? effort.quick() : effort;
        var found = new long[taken.size() + 1][now.runs];
        try (Stage stage = new Stage(scratch)) {
            List<Way> ways = new ArrayList<>();
            ways.add(baseline.on(stage));
            for (Entry entry : taken) ways.add(entry.made.on(stage));
            for (int run = -now.warmups; run < now.runs; run++) {
                for (int way = 0; way < ways.size(); way++) {
                    long took = ways.get(way).measure();
                    if (run >= 0) found[way][run] = took;
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            Entry entry = taken.get(i);
            Sample first = Sample.of(now.unit, found[0]);
            rows.add(new Row(entry.what, against, first, Sample.of(now.unit, found[i + 1]), entry.target, entry.note));
        }
        return rows;
    }
}
