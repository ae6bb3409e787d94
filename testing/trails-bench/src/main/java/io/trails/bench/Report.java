package io.trails.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Runs every benchmark and writes what came out. */
public final class Report {
    private static final String COMMAND = """
            ./mvnw -q -Pbench -pl testing/trails-bench -am package -DskipTests
            java -jar testing/trails-bench/target/benchmarks.jar""";

    private static final List<JmhPair> IN_PROCESS = List.of(
            new JmhPair(
                    "`session.exec(\"true\")`",
                    "bare ProcessBuilder, both pipes drained",
                    ExecBenchmark.class,
                    Target.ratio(1.25),
                    false),
            new JmhPair(
                    "100 MiB of output through exec",
                    "bare ProcessBuilder, output thrown away",
                    OutputBenchmark.class,
                    Target.ratio(1.3),
                    true),
            new JmhPair(
                    "`Trails.create` with 1,000 sessions",
                    "`Trails.create` with none",
                    CreateBenchmark.class,
                    Target.ratio(3),
                    false),
            new JmhPair("`open` with 1,000 sessions", "`open` with none", OpenBenchmark.class, Target.ratio(2), false),
            new JmhPair(
                    "`advise` after the first call",
                    "`Files.exists` of the state file",
                    AdviseBenchmark.class,
                    Target.time(Duration.ofMillis(1)),
                    false),
            new JmhPair(
                    "`find` by a new instance, 1,000 sessions",
                    "`Files.readAllBytes` of the state file",
                    FindBenchmark.class,
                    Target.none(),
                    false),
            new JmhPair(
                    "100 `open` by 100 threads",
                    "100 `open` one after the other",
                    ParallelOpenBenchmark.class,
                    Target.none(),
                    false),
            new JmhPair(
                    "`changes` of 50,000 files",
                    "`Files.walkFileTree` over them with attributes",
                    ChangesBenchmark.class,
                    Target.none(),
                    false),
            new JmhPair(
                    "audit record",
                    "appending a line of that length to a file",
                    AuditBenchmark.class,
                    Target.none(),
                    false));

    private final Options options;
    private final Scratch scratch;

    private Report(Options options, Scratch scratch) {
        this.options = options;
        this.scratch = scratch;
    }

    public static void main(String[] arguments) throws Exception {
        var options = Options.parse(List.of(arguments));
        if (options.file().isPresent()) insistOnDirectory(options.file().get());
        try (Scratch scratch = Scratch.create()) {
            new Report(options, scratch).run();
        }
    }

    /** Before the long run, not after it. */
    private static void insistOnDirectory(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IllegalArgumentException(file
                    + " has no directory; run from the top of the project, or name another file: " + Options.USAGE);
        }
    }

    private void run() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Measured> measured : measurements().entrySet()) {
            if (!isWanted(measured.getKey())) continue;
            System.out.println("Measuring " + measured.getKey() + " ...");
            add(measured.getValue().measure(), rows);
        }
        List<Contest> contests = new ArrayList<>(TerminalRows.all());
        contests.addAll(WorktreeRows.all());
        contests.addAll(ContainerRows.all());
        for (Contest contest : contests) {
            if (contest.titles().stream().noneMatch(this::isWanted)) continue;
            System.out.println("Measuring " + contest.titles().get(0) + " ...");
            for (Row row : contest.run(scratch, options.quick(), this::isWanted)) add(row, rows);
        }
        if (options.file().isEmpty()) return;
        String page = ResultsPage.of(COMMAND, options.whole(), Machine.facts(Clock.systemUTC(), scratch), rows);
        Files.writeString(options.file().get(), page);
        System.out.println("Written to " + options.file().get());
    }

    private boolean isWanted(String title) {
        return title.contains(options.only());
    }

    private static void add(Row row, List<Row> rows) {
        System.out.println(ResultsPage.line(row) + (row.note().isEmpty() ? "" : "\n  " + row.note()));
        rows.add(row);
    }

    /** Something that gives a row. */
    private interface Measured {
        Row measure() throws IOException, InterruptedException, RunnerException;
    }

    private Map<String, Measured> measurements() throws IOException, InterruptedException {
        var all = new LinkedHashMap<String, Measured>();
        for (JmhPair pair : IN_PROCESS) all.put(pair.what(), () -> pair.run(options.quick()));
        for (StartUp.Race race :
                StartUp.prepare(scratch, options.quick() ? 5 : 41).races()) {
            all.put(race.what(), race::run);
        }
        return all;
    }
}
