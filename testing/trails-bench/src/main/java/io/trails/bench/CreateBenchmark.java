package io.trails.bench;

import io.trails.Trails;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An instance on a project with many sessions, against one on a project without any. Closing it is not measured. */
@BenchmarkMode(Mode.SampleTime)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 3)
public class CreateBenchmark {
    /** The instance of one invocation. */
    @State(Scope.Thread)
    public static class Created {
        private Trails trails;

        Trails keep(Trails created) {
            trails = created;
            return created;
        }

        @TearDown(Level.Invocation)
        public void close() {
            trails.close();
        }
    }

    @Benchmark
    public Trails baseline(EmptyProject none, Created created) {
        return created.keep(Trails.create(none.project));
    }

    @Benchmark
    public Trails trails(ProjectWithSessions many, Created created) {
        return created.keep(Trails.create(many.project));
    }
}
