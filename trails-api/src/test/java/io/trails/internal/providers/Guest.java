package io.trails.internal.providers;

import io.trails.Isolation;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Availability;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import java.nio.file.Path;
import java.util.Set;

/** A workspace provider of which only what it says of itself matters. */
public class Guest implements WorkspaceProvider {
    private final String id;

    public Guest(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Availability probe(ProbeContext context) {
        return Availability.available();
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.of(Isolation.FILES);
    }

    @Override
    public Plan plan(WorkspaceRequest request) {
        return Plan.empty().with("directory", request.directory().toString());
    }

    @Override
    public Location locate(Plan plan) {
        return new HostDirectory(Path.of(plan.get("directory")));
    }

    @Override
    public Workspace create(Plan plan, WorkspaceRequest request) {
        throw new IllegalStateException("Nobody creates a guest");
    }

    @Override
    public Workspace open(Plan plan, WorkspaceRequest request) {
        throw new ResourceLostException("Nobody created a guest");
    }

    @Override
    public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
        return RemovalReport.nothing();
    }
}
