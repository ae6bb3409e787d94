package io.trails.bench;

import io.trails.ExecResult;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Warmup;

/** A command that does nothing: what a session adds to the cost of a process. */
@BenchmarkMode(Mode.SampleTime)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 3)
public class ExecBenchmark {
    @Benchmark
    public long baseline(OpenSession open) throws IOException, InterruptedException {
        return BareProcess.run(open.project, "true");
    }

    @Benchmark
    public ExecResult trails(OpenSession open) {
        return open.session.exec("true").orThrow();
    }
}
