package io.trails.bench;

import io.trails.Output;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Warmup;

/** A hundred mebibytes of output in a heap of 64, from a producer that writes much at a time. */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(value = 1, jvmArgsAppend = "-Xmx64m")
@Warmup(iterations = 5)
@Measurement(iterations = 41)
public class OutputBenchmark {
    private static final long SIZE = 100L << 20;
    private static final String[] PRODUCER = {"dd", "if=/dev/zero", "bs=1048576", "count=100", "status=none"};

    @Benchmark
    public long baseline(OpenSession open) throws IOException, InterruptedException {
        return insistOnAll(BareProcess.run(open.project, PRODUCER));
    }

    @Benchmark
    public long trails(OpenSession open) {
        Output output = open.session.exec(PRODUCER).orThrow().stdout();
        return insistOnAll(output.size());
    }

    private static long insistOnAll(long size) {
        if (size != SIZE) throw new IllegalStateException(size + " bytes arrived");
        return size;
    }
}
