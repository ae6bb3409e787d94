package io.trails.bench;

import io.trails.Trails;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A hundred sessions opened by a hundred threads, against the same ones opened one after the other. */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 31)
public class ParallelOpenBenchmark {
    private static final int SESSIONS = 100;

    /** A new project for each invocation. */
    @State(Scope.Thread)
    public static class NewProject {
        private Scratch scratch;
        private Trails trails;

        @Setup(Level.Invocation)
        public void create() throws IOException {
            scratch = Scratch.create();
            trails = Trails.create(scratch.project());
        }

        @TearDown(Level.Invocation)
        public void delete() throws IOException {
            int opened = trails.sessions().size();
            trails.close();
            scratch.close();
            if (opened != SESSIONS) throw new IllegalStateException(opened + " sessions were opened");
        }
    }

    @Benchmark
    public void baseline(NewProject fresh) {
        ManySessions.open(fresh.trails, SESSIONS);
    }

    @Benchmark
    public void trails(NewProject fresh) throws InterruptedException {
        ManySessions.openAtOnce(fresh.trails, SESSIONS, SESSIONS);
    }
}
