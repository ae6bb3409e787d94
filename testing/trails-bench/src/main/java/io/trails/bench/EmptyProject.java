package io.trails.bench;

import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A project that trails has served before, without any session. */
@State(Scope.Benchmark)
public class EmptyProject {
    Path project;
    private Scratch scratch;

    @Setup(Level.Trial)
    public void serveOnce() throws IOException {
        scratch = Scratch.create();
        project = scratch.project();
        try (Trails trails = Trails.create(project)) {
            if (!trails.sessions().isEmpty()) throw new IllegalStateException("The project is not empty");
        }
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        scratch.close();
    }
}
