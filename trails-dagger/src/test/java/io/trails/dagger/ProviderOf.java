package io.trails.dagger;

import io.trails.spi.SandboxProvider;
import java.nio.file.Path;
import java.util.Map;

/** Makes providers for tests of other packages. */
public final class ProviderOf {
    private ProviderOf() {}

    /** A provider that finds an engine. */
    public static SandboxProvider engine(Path cli, String runnerHost) {
        return new DaggerSandboxProvider(
                Map.of("_EXPERIMENTAL_DAGGER_CLI_BIN", cli.toString(), "_EXPERIMENTAL_DAGGER_RUNNER_HOST", runnerHost));
    }
}
