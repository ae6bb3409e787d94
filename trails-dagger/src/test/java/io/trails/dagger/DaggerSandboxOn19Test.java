package io.trails.dagger;

import io.trails.daggerdouble.scene.Release;
import io.trails.spi.SandboxProvider;
import io.trails.tck.SandboxContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract of sandboxes, with an engine of release 0.19; every build tries 0.20 and 1.0, which name objects in the two ways there are. */
@Tag("long")
class DaggerSandboxOn19Test extends SandboxContract {
    private static TestEngine engine;

    @BeforeAll
    static void start(@TempDir Path place) throws IOException {
        engine = TestEngine.start(Release.V0_19_11, place);
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
