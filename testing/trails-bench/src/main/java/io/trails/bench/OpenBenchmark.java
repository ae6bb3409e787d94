package io.trails.bench;

import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.Trails;
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

/** One more session on a project with many, against the first one of a project. Its removal is not measured. */
@BenchmarkMode(Mode.SampleTime)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 3)
public class OpenBenchmark {
    /** An instance on the project without sessions. */
    @State(Scope.Benchmark)
    public static class ServedEmpty {
        private Trails trails;

        @Setup(Level.Trial)
        public void serve(EmptyProject none) {
            trails = Trails.create(none.project);
        }

        @TearDown(Level.Trial)
        public void close() {
            trails.close();
        }
    }

    /** An instance on the project with many sessions. */
    @State(Scope.Benchmark)
    public static class ServedFull {
        private Trails trails;

        @Setup(Level.Trial)
        public void serve(ProjectWithSessions many) {
            trails = Trails.create(many.project);
        }

        @TearDown(Level.Trial)
        public void close() {
            trails.close();
        }
    }

    /** The session of one invocation. */
    @State(Scope.Thread)
    public static class Opened {
        private Session session;

        Session open(Trails trails) {
            session = trails.open(OpenSession.spec("one more"));
            return session;
        }

        @TearDown(Level.Invocation)
        public void remove() {
            if (!session.remove(RemovalPolicy.safe()).complete()) {
                throw new IllegalStateException("The session was kept");
            }
        }
    }

    @Benchmark
    public Session baseline(ServedEmpty none, Opened opened) {
        return opened.open(none.trails);
    }

    @Benchmark
    public Session trails(ServedFull many, Opened opened) {
        return opened.open(many.trails);
    }
}
