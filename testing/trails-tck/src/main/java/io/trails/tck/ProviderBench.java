package io.trails.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import io.trails.spi.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tests of one provider stand on: a scratch folder, a project, the provider if it can be used here, and the end of
 * everything that was made.
 *
 * @param <P> the kind of provider
 */
abstract class ProviderBench<P extends Provider> {
    /** Makes a missing tool fail the tests instead of skipping them. */
    static final String REQUIRE_TOOLS = "trails.test.requireTools";

    static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path scratch;

    private final ArrayDeque<AutoCloseable> cleanup = new ArrayDeque<>();
    private Optional<Path> theProject = Optional.empty();

    /**
     * The provider under test.
     *
     * @return a new instance at every call, as another JVM would have
     */
    protected abstract P provider();

    /**
     * Makes the project a test works on. Called once per test. The default is a plain directory with a few files.
     *
     * @param scratch an empty folder of this test, removed afterwards
     * @return a new directory in {@code scratch}
     * @throws IOException if that fails
     */
    protected Path project(Path scratch) throws IOException {
        Path project = Files.createDirectories(scratch.resolve("project"));
        Files.writeString(project.resolve("README.md"), "A project.\n");
        Files.writeString(project.resolve("to-delete.txt"), "Delete me.\n");
        Files.createDirectories(project.resolve("src/deep"));
        Files.writeString(project.resolve("src/deep/Main.java"), "class Main {}\n");
        return project;
    }

    /** A share of a session of that name. */
    abstract Life life(String session) throws IOException;

    /** A share whose {@code create} has to fail, or empty if nothing makes it fail from outside. */
    abstract Optional<Life> doomed() throws IOException;

    /** Skips the test if nothing can be taken up again by another instance. */
    void assumeReopenable() throws IOException {}

    final Path project() throws IOException {
        if (theProject.isEmpty()) theProject = Optional.of(project(scratch).toRealPath());
        return theProject.get();
    }

    final Path ownDirectory(String session, String axis) {
        return scratch.resolve("state").resolve(session).resolve(axis);
    }

    /** Closed after the test, the last one first. */
    final void closeLater(AutoCloseable resource) {
        cleanup.push(resource);
    }

    @BeforeEach
    final void the_provider_is_available() throws Exception {
        Availability answer = Patience.call(
                "probe", PROBE_LIMIT.multipliedBy(2), () -> provider().probe(probeContext(project())));
        if (answer instanceof Availability.Unavailable unavailable) {
            if (Boolean.getBoolean(REQUIRE_TOOLS))
                throw new AssertionError(provider().id() + " is unavailable: " + unavailable);
            assumeTrue(false, () -> provider().id() + " is unavailable: " + unavailable.reasons());
        }
    }

    @AfterEach
    final void clean_up() throws Exception {
        Optional<Exception> first = Optional.empty();
        while (!cleanup.isEmpty()) {
            try {
                cleanup.pop().close();
            } catch (Exception e) {
                first.ifPresent(e::addSuppressed);
                first = Optional.of(e);
            }
        }
        if (first.isPresent()) throw first.get();
    }

    final ProbeContext probeContext(Path project) {
        return ProbeContext.of(project, System.getenv(), PROBE_LIMIT);
    }
}
