package io.trails.dagger.internal.live;

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
import java.util.concurrent.CopyOnWriteArrayList;

/** A session over an engine double, with a small project of its own. Removed when closed. */
final class LiveSession implements AutoCloseable {
    final Path project;
    final Path own;
    final List<SandboxNotice> notices = new CopyOnWriteArrayList<>();
    private final SandboxProvider provider;
    private final SandboxRequest request;
    private final Plan plan;
    private Sandbox sandbox;

    LiveSession(TestEngine engine, Path folder, String name) throws IOException {
        project = Files.createDirectories(folder.resolve(name + "-project"));
        own = Files.createDirectories(folder.resolve(name + "-own"));
        Files.writeString(project.resolve("README.md"), "A project.\n");
        Files.createDirectories(project.resolve("src/deep"));
        Files.writeString(project.resolve("src/deep/code"), "code\n");
        provider = engine.provider();
        request = SandboxRequest.builder(name, new HostDirectory(project), own)
                .bringsBack(true)
                .noticeReporter(notices::add)
                .build();
        plan = provider.plan(request);
        sandbox = provider.create(plan, request);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    SandboxRequest request() {
        return request;
    }

    Plan plan() {
        return plan;
    }

    /** As another JVM would. */
    Sandbox reopen() {
        sandbox.close();
        sandbox = provider.open(plan, request);
        return sandbox;
    }

    @Override
    public void close() {
        sandbox.close();
        provider.remove(plan, RemovalPolicy.safe().endingProcesses());
    }
}
