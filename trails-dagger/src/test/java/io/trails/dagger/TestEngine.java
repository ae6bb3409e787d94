package io.trails.dagger;

import io.trails.daggerdouble.EngineDouble;
import io.trails.daggerdouble.scene.Image;
import io.trails.daggerdouble.scene.Release;
import io.trails.spi.SandboxProvider;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** An engine played in this process, and how the provider finds it. */
public record TestEngine(EngineDouble engine, Map<String, String> environment) implements AutoCloseable {
    /** The image of a recipe that names none. */
    private static final String DEFAULT_IMAGE = "debian:stable-slim";

    /** Starts one. */
    public static TestEngine start(Release release, Path place) throws IOException {
        EngineDouble engine = EngineDouble.start(release, place.resolve("engine"));
        engine.image(DEFAULT_IMAGE, Image.base());
        var made = new TestEngine(
                engine,
                Map.of(
                        "_EXPERIMENTAL_DAGGER_CLI_BIN",
                        engine.cli(place.resolve("bin")).toString(),
                        "_EXPERIMENTAL_DAGGER_RUNNER_HOST",
                        engine.runnerHost()));
        made.announce();
        return made;
    }

    /** A new instance of the provider, which another JVM can make as well. */
    public SandboxProvider provider() {
        return new DoubledDagger();
    }

    private static Path announcement(ProcessHandle process) {
        return Path.of(System.getProperty("java.io.tmpdir"), "trails-test-engine-" + process.pid());
    }

    /** The contract hands nothing to the JVMs it starts, but they know who started them. */
    private void announce() throws IOException {
        var values = new Properties();
        values.putAll(environment);
        try (Writer writer = Files.newBufferedWriter(announcement(ProcessHandle.current()))) {
            values.store(writer, null);
        }
    }

    /** Where the engine is that this JVM or its parent plays. */
    static Map<String, String> nearby() {
        Path own = announcement(ProcessHandle.current());
        Optional<Path> parents = ProcessHandle.current().parent().map(TestEngine::announcement);
        var values = new Properties();
        try (Reader reader = Files.newBufferedReader(Files.exists(own) ? own : parents.orElse(own))) {
            values.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var environment = new HashMap<String, String>();
        values.forEach((name, value) -> environment.put(name.toString(), value.toString()));
        return environment;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(announcement(ProcessHandle.current()));
        engine.close();
    }
}
