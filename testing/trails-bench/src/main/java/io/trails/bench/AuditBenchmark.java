package io.trails.bench;

import io.trails.AuditRecord;
import io.trails.internal.audit.AuditTrail;
import io.trails.internal.audit.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
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

/** A record at the end of the audit log, redacted, chained and under its lock, next to a line at the end of a file. */
@BenchmarkMode(Mode.SampleTime)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AuditBenchmark {
    private static final Map<String, String> DETAILS =
            Map.of("mode", "direct", "composition", "in-place + host + headless", "agent", "claude");

    /** A log and a file of its own. */
    @State(Scope.Benchmark)
    public static class Log {
        private Scratch scratch;
        private Path plain;
        private byte[] line;
        private AuditTrail trail;

        @Setup(Level.Trial)
        public void create() throws IOException {
            scratch = Scratch.create();
            plain = scratch.project().resolve("plain.jsonl");
            line = ("x".repeat(400) + "\n").getBytes(StandardCharsets.UTF_8);
            trail = AuditTrail.open(scratch.project(), Clock.systemUTC(), Redactor.of(System.getenv()));
        }

        @TearDown(Level.Trial)
        public void delete() throws IOException {
            boolean intact = trail.verify().intact();
            trail.close();
            scratch.close();
            if (!intact) throw new IllegalStateException("The chain broke");
        }
    }

    @Benchmark
    public Path baseline(Log log) throws IOException {
        return Files.write(log.plain, log.line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Benchmark
    public AuditRecord trails(Log log) {
        return log.trail.append("mode.selected", Optional.of("fix-login"), DETAILS);
    }
}
