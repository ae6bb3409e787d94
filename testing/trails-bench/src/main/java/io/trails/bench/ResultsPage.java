package io.trails.bench;

import io.trails.bench.Target.Ratio;
import io.trails.bench.Target.Size;
import io.trails.bench.Target.Time;
import java.util.List;
import java.util.Locale;

/** Writes the rows as a page of Markdown. */
final class ResultsPage {
    private static final String HEAD = """
            # Benchmark results

            Each row compares trails, or another way that its title names, with a baseline of the same run on the same
            machine. The ratio is that of the medians; in brackets stand the quartiles and the number of runs. Reproduce it
            with:

            ```
            %s
            ```

            """;

    private ResultsPage() {}

    static String of(String command, boolean whole, List<String> machine, List<Row> rows) {
        var page = new StringBuilder(HEAD.formatted(command));
        if (!whole) page.append("**Not the whole run: few repetitions on less data, or not all rows.**\n\n");
        for (String fact : machine) page.append("- ").append(fact).append('\n');
        page.append("\n| what | baseline | baseline takes | it takes | ratio | target | verdict |\n");
        page.append("|---|---|---|---|---|---|---|\n");
        for (Row row : rows) page.append(line(row)).append('\n');
        for (Row row : rows) {
            if (!row.note().isEmpty()) {
                page.append("\n")
                        .append(row.what())
                        .append(": ")
                        .append(row.note())
                        .append('\n');
            }
        }
        return page.toString();
    }

    static String line(Row row) {
        return "| "
                + String.join(
                        " | ",
                        row.what(),
                        row.against(),
                        sample(row.baseline()),
                        sample(row.trails()),
                        decimal(row.ratio()) + "x",
                        target(row.target()),
                        verdict(row.verdict()))
                + " |";
    }

    private static String sample(Sample sample) {
        return amount(sample.median(), sample.unit()) + " (" + amount(sample.lower(), sample.unit()) + " to "
                + amount(sample.upper(), sample.unit()) + ", n=" + sample.count() + ")";
    }

    private static String target(Target target) {
        if (target instanceof Ratio ratio) return "<= " + decimal(ratio.atMost()) + "x";
        if (target instanceof Time time)
            return "<= " + time((double) time.atMost().toNanos());
        if (target instanceof Size size) return "<= " + size((double) size.atMost());
        return "";
    }

    private static String amount(double number, Sample.Unit unit) {
        return switch (unit) {
            case NANOSECONDS -> time(number);
            case BYTES -> size(number);
        };
    }

    private static String verdict(Row.Verdict verdict) {
        return switch (verdict) {
            case MET -> "met";
            case MISSED -> "**missed**";
            case NO_TARGET -> "";
        };
    }

    static String time(double nanos) {
        if (nanos < 1_000) return significant(nanos) + " ns";
        if (nanos < 1_000_000) return significant(nanos / 1_000) + " µs";
        if (nanos < 1_000_000_000) return significant(nanos / 1_000_000) + " ms";
        return significant(nanos / 1_000_000_000) + " s";
    }

    /** In units of thousands, as disks are sold. */
    static String size(double bytes) {
        if (Math.abs(bytes) < 1_000) return Math.round(bytes) + " B";
        if (Math.abs(bytes) < 1_000_000) return significant(bytes / 1_000) + " kB";
        return significant(bytes / 1_000_000) + " MB";
    }

    private static String significant(double number) {
        double size = Math.abs(number);
        int digits = size < 10 ? 2 : size < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    private static String decimal(double ratio) {
        return String.format(Locale.ROOT, ratio < 100 ? "%.2f" : "%.0f", ratio);
    }
}
