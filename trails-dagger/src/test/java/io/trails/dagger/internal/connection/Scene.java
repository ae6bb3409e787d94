package io.trails.dagger.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.daggerdouble.EngineDouble;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An engine double, a program that leads to it, and connections; leaves neither process nor thread. */
final class Scene implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EngineDouble engine;
    private final Path cli;
    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private final Engines engines;

    Scene(Path directory) throws IOException {
        this(directory, Release.V0_21_8);
    }

    Scene(Path directory, Release release) throws IOException {
        // What others left in this process ends a little later than they do.
        await().atMost(PATIENCE).until(() -> children() == 0);
        engine = EngineDouble.start(release, directory.resolve("engine"));
        cli = engine.cli(directory.resolve("bin"));
        environment.keySet().removeIf(name -> name.startsWith("DAGGER") || name.startsWith("_EXPERIMENTAL_DAGGER"));
        engines = new Engines(environment);
    }

    EngineDouble engine() {
        return engine;
    }

    Engines engines() {
        return engines;
    }

    Path cli() {
        return cli;
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    EngineChoice choice() {
        return choice("double", PATIENCE);
    }

    EngineChoice choice(String name, Duration startTimeout) {
        return new EngineChoice(name, Optional.of(cli), Optional.of(engine.runnerHost()), startTimeout);
    }

    EngineConnection connect() {
        return engines.connect(choice());
    }

    /** Kills the engine; what it ran may still write while its files are deleted. */
    void killEngine() throws IOException {
        try {
            engine.kill();
        } catch (DirectoryNotEmptyException e) {
            engine.kill();
        }
    }

    /** The programs that this process started and that still run. */
    static long children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }

    /** Those of them that lead to an engine. */
    static long programs() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("dagger.io/sdk.name"))
                .count();
    }

    static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("trails-dagger-"))
                .count();
    }

    @Override
    public void close() throws IOException {
        engines.close();
        engine.close();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(children()).as("processes").isZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .as("threads")
                    .noneMatch(name -> name.startsWith("trails-dagger-"));
        });
    }
}
