package io.trails.tck;

import io.trails.Changes;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;

/** Does what a correct provider does; a saboteur overrides one thing. */
class DelegatingWorkspaceProvider extends DelegatingProvider<WorkspaceProvider> implements WorkspaceProvider {
    DelegatingWorkspaceProvider() {
        super(WorkspaceProvider.class, "in-place");
    }

    DelegatingWorkspaceProvider(WorkspaceProvider correct) {
        super(correct);
    }

    @Override
    public Plan plan(WorkspaceRequest request) {
        return correct.plan(request);
    }

    @Override
    public Location locate(Plan plan) {
        return correct.locate(plan);
    }

    @Override
    public Workspace create(Plan plan, WorkspaceRequest request) {
        return sabotaged(correct.create(plan, request));
    }

    @Override
    public Workspace open(Plan plan, WorkspaceRequest request) {
        return sabotaged(correct.open(plan, request));
    }

    @Override
    public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
        return correct.remove(plan, request, policy);
    }

    /** A saboteur overrides it to break a method of a workspace. */
    Workspace sabotaged(Workspace workspace) {
        return new DelegatingWorkspace(workspace) {
            @Override
            public Location location() {
                return DelegatingWorkspaceProvider.this.location(correct);
            }

            @Override
            public Changes changes() {
                return DelegatingWorkspaceProvider.this.changes(correct);
            }
        };
    }

    Location location(Workspace workspace) {
        return workspace.location();
    }

    Changes changes(Workspace workspace) {
        return workspace.changes();
    }
}
