package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.SessionCapability;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A session's workspace. */
final class WorkspaceLife implements Life {
    private final Supplier<WorkspaceProvider> provider;
    private final WorkspaceRequest request;
    private Optional<Plan> plan = Optional.empty();
    private Optional<Workspace> workspace = Optional.empty();

    WorkspaceLife(Supplier<WorkspaceProvider> provider, WorkspaceRequest request) {
        this.provider = provider;
        this.request = request;
    }

    /** Made once: a provider may draw names. One that needs something of the project may refuse here. */
    Plan stored() {
        if (plan.isEmpty()) plan = Optional.of(provider.get().plan(request));
        return plan.get();
    }

    Workspace workspace() {
        return workspace.orElseThrow();
    }

    /** Skips the test if the files cannot be reached from here. */
    Path files() {
        Location location = workspace().location();
        assumeTrue(location instanceof HostDirectory, "the files are not in a directory of this host");
        return ((HostDirectory) location).path();
    }

    /** Skips the test if the workspace does not declare it. */
    WorkspaceLife assumes(SessionCapability capability) {
        assumeTrue(workspace().capabilities().contains(capability), () -> "the workspace has no " + capability);
        return this;
    }

    @Override
    public Path directory() {
        return request.directory();
    }

    @Override
    public Plan plan() {
        return provider.get().plan(request);
    }

    @Override
    public void create() throws IOException {
        Files.createDirectories(request.directory());
        workspace = Optional.of(provider.get().create(stored(), request));
    }

    @Override
    public void open() {
        workspace = Optional.of(provider.get().open(stored(), request));
    }

    @Override
    public void use() {
        assertThat(workspace().location()).isEqualTo(provider.get().locate(stored()));
        assertThat(workspace().changes().files()).isEmpty();
    }

    @Override
    public RemovalReport remove(RemovalPolicy policy) {
        return provider.get().remove(stored(), request, policy);
    }
}
