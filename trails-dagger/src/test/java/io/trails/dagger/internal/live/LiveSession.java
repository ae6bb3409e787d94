package io.trails.dagger.internal.live;

import io.trails.ContainerRecipe;
import io.trails.RemovalPolicy;
import io.trails.dagger.TestEngine;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxNotice;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A session over an engine double, with a small project of its own. Removed when closed. */
final class LiveSession implements AutoCloseable {
    final Path project;
    /** Where the provider keeps the session's own files. */
    final Path own;

    final List<SandboxNotice> notices = new CopyOnWriteArrayList<>();
    private final AtomicReference<Consumer<SandboxNotice>> once = new AtomicReference<>(notice -> {});
    private final SandboxProvider provider;
    private final SandboxRequest request;
    private final Plan plan;
    private final Sandbox sandbox;

    LiveSession(TestEngine engine, Path folder, String name) throws IOException {
        this(engine, folder, name, Map.of());
    }

    LiveSession(SandboxProvider provider, Path folder, String name) throws IOException {
        this(provider, folder, name, Map.of());
    }

    /** @param variables of the recipe */
    LiveSession(TestEngine engine, Path folder, String name, Map<String, String> variables) throws IOException {
        this(engine.provider(), folder, name, variables);
    }

    private LiveSession(SandboxProvider provider, Path folder, String name, Map<String, String> variables)
            throws IOException {
        project = Files.createDirectories(folder.resolve(name + "-project"));
        Path directory = Files.createDirectories(folder.resolve(name + "-own"));
        own = directory.resolve("dagger");
        Files.writeString(project.resolve("README.md"), "A project.\n");
        Files.createDirectories(project.resolve("src/deep"));
        Files.writeString(project.resolve("src/deep/code"), "code\n");
        this.provider = provider;
        var recipe = ContainerRecipe.builder().image("debian:12");
        variables.forEach(recipe::environment);
        request = SandboxRequest.builder(name, new HostDirectory(project), directory)
                .bringsBack(true)
                .recipe(recipe.build())
                .noticeReporter(this::heard)
                .build();
        plan = provider.plan(request);
        sandbox = provider.create(plan, request);
    }

    /** One that another JVM created in the same folder under the same name. */
    LiveSession(SandboxProvider provider, Path folder, String name, Plan plan) {
        project = folder.resolve(name + "-project");
        Path directory = folder.resolve(name + "-own");
        own = directory.resolve("dagger");
        this.provider = provider;
        this.plan = plan;
        request = SandboxRequest.builder(name, new HostDirectory(project), directory)
                .bringsBack(true)
                .noticeReporter(this::heard)
                .build();
        sandbox = provider.open(plan, request);
    }

    private void heard(SandboxNotice notice) {
        notices.add(notice);
        once.get().accept(notice);
    }

    /** Who is told of something of that kind next fails. */
    void failsOnceOn(SandboxNotice.Kind kind, Error failure) {
        once.set(notice -> {
            if (notice.kind() != kind) return;
            once.set(later -> {});
            throw failure;
        });
    }

    Sandbox sandbox() {
        return sandbox;
    }

    Plan plan() {
        return plan;
    }

    @Override
    public void close() {
        sandbox.close();
        provider.remove(plan, RemovalPolicy.safe().endingProcesses());
    }
}
