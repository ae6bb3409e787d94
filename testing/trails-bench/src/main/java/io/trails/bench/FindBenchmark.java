package io.trails.bench;

import io.trails.Session;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
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

/** Taking up a session by an instance that has not seen it yet, next to reading the state file. */
@BenchmarkMode(Mode.SampleTime)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 3)
public class FindBenchmark {
    /** A new instance for each invocation. */
    @State(Scope.Thread)
    public static class NewInstance {
        private Trails trails;

        @Setup(Level.Invocation)
        public void create(ProjectWithSessions many) {
            trails = Trails.create(many.project);
        }

        @TearDown(Level.Invocation)
        public void close() {
            trails.close();
        }
    }

    @Benchmark
    public byte[] baseline(ProjectWithSessions many) throws IOException {
        return Files.readAllBytes(many.project.resolve(".trails").resolve("state.json"));
    }

    @Benchmark
    public Session trails(NewInstance fresh) {
        return fresh.trails.find(ManySessions.name(0)).orElseThrow();
    }
}
