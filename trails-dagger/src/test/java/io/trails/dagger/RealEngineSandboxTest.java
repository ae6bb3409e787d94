package io.trails.dagger;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.trails.spi.SandboxProvider;
import io.trails.tck.SandboxContract;
import org.junit.jupiter.api.BeforeAll;

/** The contract of sandboxes with a real engine, where the environment names one that can have the default image. */
class RealEngineSandboxTest extends SandboxContract {
    @BeforeAll
    static void there_is_one() {
        assumeThat(System.getenv("_EXPERIMENTAL_DAGGER_RUNNER_HOST"))
                .as("_EXPERIMENTAL_DAGGER_RUNNER_HOST names no engine")
                .isNotNull();
    }

    @Override
    protected SandboxProvider provider() {
        return new DaggerSandboxProvider();
    }
}
