package io.trails.bench;

import io.trails.ModeAdvice;
import io.trails.SessionSpec;
import java.nio.file.Files;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Warmup;

/** Advice for an agent once the providers have been probed, next to asking whether one file exists. */
@BenchmarkMode(Mode.SampleTime)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdviseBenchmark {
    private static final SessionSpec SPEC =
            SessionSpec.named("asked").agent("claude").build();

    @Benchmark
    public boolean baseline(OpenSession open) {
        return Files.exists(open.project.resolve(".trails").resolve("state.json"));
    }

    @Benchmark
    public ModeAdvice trails(OpenSession open) {
        return open.trails.advise(SPEC);
    }
}
