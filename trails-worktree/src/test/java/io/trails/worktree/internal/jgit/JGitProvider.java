package io.trails.worktree.internal.jgit;

import io.trails.Isolation;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Availability;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.util.Optional;
import java.util.Set;

/** The fallback as a provider of its own, wherever there is a git. */
final class JGitProvider implements WorkspaceProvider {
    @Override
    public String id() {
        return "worktree";
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.of(Isolation.FILES);
    }

    @Override
    public Availability probe(ProbeContext context) {
        return JGitWorkspaces.probe(context);
    }

    @Override
    public Plan plan(WorkspaceRequest request) {
        return JGitWorkspaces.plan(request).toPlan();
    }

    @Override
    public Location locate(Plan plan) {
        return new HostDirectory(WorktreePlan.parse(plan).directory());
    }

    @Override
    public Optional<String> branch(Plan plan) {
        return Optional.of(WorktreePlan.parse(plan).branch());
    }

    @Override
    public Workspace create(Plan plan, WorkspaceRequest request) {
        return JGitWorkspaces.create(WorktreePlan.parse(plan), request);
    }

    @Override
    public Workspace open(Plan plan, WorkspaceRequest request) {
        return JGitWorkspaces.open(WorktreePlan.parse(plan), request);
    }

    @Override
    public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
        return JGitWorkspaces.remove(WorktreePlan.parse(plan), request, policy);
    }
}
