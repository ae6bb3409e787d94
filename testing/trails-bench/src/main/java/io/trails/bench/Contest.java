package io.trails.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
     * How often everything is done in a whole run.
     *
     * @param warmup how long each way is repeated before it counts, once at least unless it is zero
     * @param runs how often it counts
     */
    record Effort(Duration warmup, int runs, Sample.Unit unit) {
        private static final Duration LONG = Duration.ofSeconds(3);
        private static final Duration ONCE = Duration.ofNanos(1);

        /** For what takes milliseconds: long enough that the compiler of the JVM has seen it all. */
        static Effort light() {
            return new Effort(LONG, 101, Sample.Unit.NANOSECONDS);
        }

        static Effort medium() {
            return new Effort(LONG, 41, Sample.Unit.NANOSECONDS);
        }

        /** For what takes seconds. */
        static Effort heavy(int runs) {
            return new Effort(ONCE, runs, Sample.Unit.NANOSECONDS);
        }

        static Effort ofMemory(int runs) {
            return new Effort(Duration.ZERO, runs, Sample.Unit.BYTES);
        }

        /** What takes seconds is done once. */
        Effort quick() {
            return warmup.equals(LONG) ? new Effort(ONCE, 5, unit) : new Effort(Duration.ZERO, 1, unit);
        }
    }

    /** Makes a way on a stage. */
    interface Made {
        Way on(Stage stage) throws Exception;
    }

    private record Entry(String what, Target target, Made made, Supplier<String> note) {}

    Contest entry(String what, Target target, Made made) {
        return entry(what, target, made, "");
    }

    Contest entry(String what, Target target, Made made, String note) {
        return entry(what, target, made, () -> note);
    }

    /** With a note on what was seen when it was measured. */
    Contest entry(String what, Target target, Made made, Supplier<String> note) {
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
            for (Way way : ways) warmUp(way, now.warmup);
            for (int run = 0; run < now.runs; run++) {
                for (int way = 0; way < ways.size(); way++)
                    found[way][run] = ways.get(way).measure();
            }
        }
        return rows(taken, now.unit, found);
    }

    private static void warmUp(Way way, Duration atLeast) throws Exception {
        long start = System.nanoTime();
        while (System.nanoTime() - start < atLeast.toNanos()) way.measure();
    }

    private List<Row> rows(List<Entry> taken, Sample.Unit unit, long[][] found) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            Entry entry = taken.get(i);
            Sample first = Sample.of(unit, found[0]);
            rows.add(new Row(entry.what, against, first, Sample.of(unit, found[i + 1]), entry.target, entry.note.get()));
        }
        return rows;
    }
}
