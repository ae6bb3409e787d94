package io.trails.it;

import io.trails.Isolation;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Availability;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import java.util.Set;

/** Another workspace provider with steps before and after everything it does. */
record CrashingWorkspace(WorkspaceProvider real, CrashSteps steps) implements WorkspaceProvider {
    @Override
    public String id() {
        return "crash.workspace";
    }

    @Override
    public Availability probe(ProbeContext context) {
        return real.probe(context);
    }

    @Override
    public Set<Isolation> isolates() {
        return real.isolates();
    }

    @Override
    public Plan plan(WorkspaceRequest request) {
        steps.reach();
        return real.plan(request);
    }

    @Override
    public Location locate(Plan plan) {
        return real.locate(plan);
    }

    @Override
    public Workspace create(Plan plan, WorkspaceRequest request) {
        steps.reach();
        Workspace created = real.create(plan, request);
        steps.reach();
        return created;
    }

    @Override
    public Workspace open(Plan plan) {
        return real.open(plan);
    }

    @Override
    public RemovalReport remove(Plan plan, RemovalPolicy policy) {
        steps.reach();
        RemovalReport report = real.remove(plan, policy);
        steps.reach();
        return report;
    }
}
