package io.trails.bench;

import io.trails.Changes;
import io.trails.Session;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What changed in a big tree, against walking it and looking at the attributes of each file. */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 5)
@Measurement(iterations = 41)
public class ChangesBenchmark {
    /** A tree of old files, of which some were changed since the session was opened. */
    @State(Scope.Benchmark)
    public static class Tree {
        private static final int FILES_PER_DIRECTORY = 100;
        private static final int CHANGED = 10;

        @Param("50000")
        public int files;

        private Scratch scratch;
        private Path project;
        private Trails trails;
        private Session session;

        @Setup(Level.Trial)
        public void grow() throws IOException {
            scratch = Scratch.create();
            project = scratch.project();
            var old = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
            for (int i = 0; i < files; i++) {
                if (i % FILES_PER_DIRECTORY == 0) Files.createDirectory(file(i).getParent());
                Files.writeString(file(i), "content of " + i);
                Files.setLastModifiedTime(file(i), old);
            }
            trails = Trails.create(project);
            session = trails.open(OpenSession.spec("watching"));
            for (int i = 0; i < CHANGED; i++) Files.writeString(file(i), "changed content");
        }

        private Path file(int number) {
            return project.resolve("directory-" + number / FILES_PER_DIRECTORY).resolve("file-" + number);
        }

        @TearDown(Level.Trial)
        public void delete() throws IOException {
            trails.close();
            scratch.close();
        }
    }

    @Benchmark
    public long baseline(Tree tree) throws IOException {
        var sum = new Sum();
        Files.walkFileTree(tree.project, sum);
        return sum.total;
    }

    @Benchmark
    public Changes trails(Tree tree) {
        Changes changes = tree.session.changes();
        if (changes.files().size() != Tree.CHANGED) {
            throw new IllegalStateException(changes.files().size() + " files changed");
        }
        return changes;
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private long total;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            total += attributes.size() + attributes.lastModifiedTime().toMillis();
            return FileVisitResult.CONTINUE;
        }
    }
}
