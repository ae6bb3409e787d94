package io.trails.bench;

import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A project that many sessions were opened on, all of them by another instance. */
@State(Scope.Benchmark)
public class ProjectWithSessions {
    @Param("1000")
    public int sessions;

    Path project;
    private Scratch scratch;

    @Setup(Level.Trial)
    public void open() throws IOException, InterruptedException {
        scratch = Scratch.create();
        project = scratch.project();
        try (Trails trails = Trails.create(project)) {
            ManySessions.openAtOnce(trails, sessions, 16);
        }
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        scratch.close();
    }
}
