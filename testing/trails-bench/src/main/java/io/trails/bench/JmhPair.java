package io.trails.bench;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * A row that JMH measures.
 *
 * @param what was measured
 * @param against what the baseline does
 * @param benchmark has the methods {@code baseline} and {@code trails}
 * @param target what is to be reached
 * @param memory whether the peak of the heap belongs to the answer
 */
record JmhPair(String what, String against, Class<?> benchmark, Target target, boolean memory) {
    Row run(boolean quick) throws RunnerException {
        Collection<RunResult> results = new Runner(options(quick).build()).run();
        RunResult trails = result(results, "trails");
        return new Row(
                what, against, sample(result(results, "baseline")), sample(trails), target, memory ? note(trails) : "");
    }

    private ChainedOptionsBuilder options(boolean quick) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.getName() + "."))
                .timeUnit(TimeUnit.NANOSECONDS)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(PeakHeap.class)
                .shouldFailOnError(true);
        if (!quick) return options;
        return options.warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(300))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(300))
                .param("sessions", "50")
                .param("files", "2000");
    }

    private RunResult result(Collection<RunResult> results, String method) {
        for (RunResult result : results) {
            if (result.getParams().getBenchmark().endsWith("." + method)) return result;
        }
        throw new IllegalStateException(benchmark.getName() + " has no result of " + method);
    }

    private static Sample sample(RunResult result) {
        Statistics nanos = result.getPrimaryResult().getStatistics();
        return new Sample(nanos.getN(), nanos.getPercentile(25), nanos.getPercentile(50), nanos.getPercentile(75));
    }

    private static String note(RunResult result) {
        Result<?> peak = result.getSecondaryResults().get(PeakHeap.LABEL);
        String heap = result.getParams().getJvmArgs().stream()
                .filter(argument -> argument.startsWith("-Xmx"))
                .findFirst()
                .orElse("the default heap");
        return "at most " + Math.round(peak.getScore()) + " MiB of heap were in use, garbage included, with `" + heap
                + "`.";
    }
}
