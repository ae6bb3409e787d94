package io.trails.bench;

import io.trails.ContainerRecipe;
import io.trails.ExecResult;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sessions of a repository in containers of one engine, over one connection. Single-threaded, but not its sessions. */
final class OwnContainers implements AutoCloseable {
    private final OwnEngine engine;
    private final BenchRepository repository;
    private final Trails trails;
    private final List<Session> sessions = new ArrayList<>();

    private OwnContainers(OwnEngine engine, BenchRepository repository, Trails trails) {
        this.engine = engine;
        this.repository = repository;
        this.trails = trails;
    }

    static OwnContainers of(Stage stage, Size size) throws Exception {
        return stage.shared("containers of " + size, () -> {
            OwnEngine engine = stage.keep(OwnEngine.start(stage.scratch()));
            BenchRepository repository = stage.repository(size);
            Trails trails = Trails.builder(repository.directory())
                    .environment(engine.leading(repository.environment()))
                    .build();
            return stage.keep(new OwnContainers(engine, repository, trails));
        });
    }

    OwnEngine engine() {
        return engine;
    }

    String project() {
        return repository.directory().toString();
    }

    /** Of a program that is to use the same engine. */
    Map<String, String> environment() {
        return engine.leading(repository.environment());
    }

    /** One more; it has run a command. */
    Session open() {
        Session session = trails.open(spec(repository.name()));
        sessions.add(session);
        session.exec("true").orThrow();
        return session;
    }

    static SessionSpec spec(String name) {
        return SessionSpec.named(name)
                .mode(Mode.CONTAINER)
                .container(ContainerRecipe.builder().image(OwnEngine.IMAGE).build())
                .build();
    }

    /** What a session's command sends. */
    BareExec bare(Session session, String... command) throws IOException {
        long before = engine.requests();
        ExecResult result = session.exec(command).orThrow();
        long requests = engine.requests() - before;
        if (requests > 3) throw new IllegalStateException(requests + " requests: " + result);
        return BareExec.last(engine, (int) requests);
    }

    static Path directory(Session session) {
        return session.info().directory().orElseThrow();
    }

    @Override
    public void close() {
        for (Session session : sessions) {
            session.remove(RemovalPolicy.safe().rescuing().endingProcesses());
        }
        trails.close();
    }
}
