package io.trails.bench;

import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An empty project with one session in direct mode. */
@State(Scope.Benchmark)
public class OpenSession {
    Path project;
    Trails trails;
    Session session;
    private Scratch scratch;

    @Setup(Level.Trial)
    public void open() throws IOException {
        scratch = Scratch.create();
        project = scratch.project();
        trails = Trails.create(project);
        session = trails.open(spec("only"));
        session.exec("true").orThrow();
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        trails.close();
        scratch.close();
    }

    static SessionSpec spec(String name) {
        return SessionSpec.named(name).mode(io.trails.Mode.DIRECT).build();
    }
}
