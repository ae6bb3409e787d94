package io.trails.dagger;

import io.trails.daggerdouble.EngineDouble;
import io.trails.daggerdouble.scene.Image;
import io.trails.daggerdouble.scene.Release;
import io.trails.spi.SandboxProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** An engine played in this process, and how the provider finds it. */
public record TestEngine(EngineDouble engine, Map<String, String> environment) implements AutoCloseable {
    /** The image of a recipe that names none. */
    private static final String DEFAULT_IMAGE = "debian:stable-slim";

    /** Starts one. */
    public static TestEngine start(Release release, Path place) throws IOException {
        EngineDouble engine = EngineDouble.start(release, place.resolve("engine"));
        engine.image(DEFAULT_IMAGE, Image.base());
        return new TestEngine(
                engine,
                Map.of(
                        "_EXPERIMENTAL_DAGGER_CLI_BIN", engine.cli(place.resolve("bin")).toString(),
                        "_EXPERIMENTAL_DAGGER_RUNNER_HOST", engine.runnerHost()));
    }

    /** A new instance of the provider. */
    public SandboxProvider provider() {
        return new DaggerSandboxProvider(environment);
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }
}
