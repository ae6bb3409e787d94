package io.trails.dagger;

import io.trails.daggerdouble.scene.Release;
import io.trails.spi.SandboxProvider;
import io.trails.tck.SandboxContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of sandboxes, with an engine of release 0.21. */
class DaggerSandboxOn21Test extends SandboxContract {
    private static TestEngine engine;

    @BeforeAll
    static void start(@TempDir Path place) throws IOException {
        engine = TestEngine.start(Release.V0_21_8, place);
    }

    @AfterAll
    static void end() throws IOException {
        engine.close();
    }

    @Override
    protected SandboxProvider provider() {
        return engine.provider();
    }
}
