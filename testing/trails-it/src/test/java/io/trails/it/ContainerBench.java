package io.trails.it;

import static org.awaitility.Awaitility.await;

import io.trails.Change;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.Trails;
import io.trails.TrailsEvent;
import io.trails.daggerdouble.EngineDouble;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A user's repository and an engine that is played in this process. */
abstract class ContainerBench {
    static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path engines;

    static EngineDouble engine;

    @TempDir
    Path folder;

    GitProject project;
    final List<TrailsEvent> events = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startEngine() throws IOException {
        ContainerProject.needEngine();
        engine = EngineDouble.start(Release.V0_21_8, engines);
    }

    @AfterAll
    static void endEngine() throws IOException {
        if (engine != null) engine.close();
    }

    @BeforeEach
    void create() throws IOException {
        GitProject plain = GitProject.inUse(folder.resolve("project"));
        project = ContainerProject.with(plain, engine.cli(folder.resolve("cli")), engine.runnerHost());
    }

    /** A test that failed must not leave programs behind, and one that passed has left none. */
    @AfterEach
    void nothingRuns() {
        engine.faults().clear();
        try (Trails trails = project.trails()) {
            trails.sessions()
                    .forEach(info -> trails.find(info.name())
                            .ifPresent(session -> session.remove(
                                    RemovalPolicy.safe().rescuing().endingProcesses())));
        }
        await().atMost(LIMIT).until(() -> engine.traffic().running() == 0 && engine.sessions() == 0);
    }

    Trails trails() {
        Trails trails = project.trails();
        trails.onEvent(events::add);
        return trails;
    }

    static String sh(Session session, String script) {
        return session.exec("sh", "-c", script).orThrow().stdout().text();
    }

    static List<String> changed(Session session) {
        return session.changes().files().stream().map(Change::path).toList();
    }
}
