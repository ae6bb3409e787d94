package io.trails.dagger;

import io.trails.Command;
import io.trails.ContainerRecipe;
import io.trails.ExecResult;
import io.trails.RemovalPolicy;
import io.trails.daggerdouble.EngineDouble;
import io.trails.daggerdouble.scene.Release;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCopy;
import io.trails.spi.SandboxNotice;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Sessions in containers of an engine that is played. */
abstract class SessionBench {
    static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path place;

    Path files;
    TestEngine engine;
    SandboxProvider provider;
    final List<SandboxNotice> notices = new CopyOnWriteArrayList<>();
    private final List<Session> sessions = new ArrayList<>();

    /** A session and what it was made of. */
    record Session(Plan plan, SandboxRequest request, Sandbox sandbox) {
        ExecResult run(String script) {
            return sandbox.exec(shell(script));
        }

        String sh(String script) {
            return run(script).orThrow().stdout().text().strip();
        }

        SandboxCopy copy() {
            return sandbox.copy().orElseThrow();
        }
    }

    static Command shell(String script) {
        return Command.of("sh", "-c", script).timeout(LIMIT);
    }

    @BeforeEach
    void start() throws IOException {
        engine = TestEngine.start(Release.V0_21_8, place);
        provider = engine.provider();
        files = Files.createDirectories(place.resolve("files"));
        Files.writeString(files.resolve("README.md"), "A project.");
    }

    @AfterEach
    void end() throws IOException {
        for (Session session : sessions) session.sandbox.close();
        engine.close();
    }

    EngineDouble played() {
        return engine.engine();
    }

    SandboxRequest.Builder request(String name) throws IOException {
        Path own = Files.createDirectories(place.resolve("own").resolve(name));
        return SandboxRequest.builder(name, new HostDirectory(files), own)
                .bringsBack(true)
                .noticeReporter(notices::add)
                .environment(host());
    }

    Map<String, String> host() {
        var host = new HashMap<>(System.getenv());
        host.put("ACME_HOST_SECRET", "s3cret-of-the-host");
        return host;
    }

    Session session(String name, UnaryOperator<SandboxRequest.Builder> change) throws IOException {
        SandboxRequest request = change.apply(request(name)).build();
        Plan plan = provider.plan(request);
        return kept(new Session(plan, request, provider.create(plan, request)));
    }

    Session session(String name) throws IOException {
        return session(name, same -> same);
    }

    Session with(ContainerRecipe.Builder recipe) throws IOException {
        return session("recipe", request -> request.recipe(recipe.build()));
    }

    /** The same session as another JVM would have it. */
    Session opened(Session session) {
        SandboxProvider another = engine.provider();
        return kept(new Session(session.plan, session.request, another.open(session.plan, session.request)));
    }

    void remove(Session session) {
        session.sandbox.close();
        provider.remove(session.plan, RemovalPolicy.safe().endingProcesses());
    }

    private Session kept(Session session) {
        sessions.add(session);
        return session;
    }

    List<String> codes(SandboxNotice.Kind kind) {
        return notices.stream()
                .filter(notice -> notice.kind() == kind)
                .map(notice -> notice.reason().code())
                .toList();
    }
}
