package io.trails.worktree;

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
import io.trails.worktree.internal.inplace.PlaceSessions;
import io.trails.worktree.internal.repo.GitProbe;
import java.util.Set;

/**
 * The project itself as a workspace, where it is in a git repository: sessions work on the user's files and branch, and have
 * changes with their lines, checkpoints and restore, kept in refs of their own. The user's index, stash and branches are not
 * touched.
 */
public final class RepositoryWorkspaceProvider implements WorkspaceProvider {
    /** Does nothing. */
    public RepositoryWorkspaceProvider() {}

    @Override
    public String id() {
        return "repository";
    }

    /** Goes before {@code in-place}, which can less. */
    @Override
    public int preference() {
        return -5;
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.of();
    }

    @Override
    public Availability probe(ProbeContext context) {
        return GitProbe.inPlace(context);
    }

    @Override
    public Plan plan(WorkspaceRequest request) {
        return new PlaceSessions(request).plan();
    }

    @Override
    public Location locate(Plan plan) {
        return new HostDirectory(PlaceSessions.directory(plan));
    }

    @Override
    public Workspace create(Plan plan, WorkspaceRequest request) {
        return new PlaceSessions(request).create(plan);
    }

    @Override
    public Workspace open(Plan plan, WorkspaceRequest request) {
        return new PlaceSessions(request).open(plan);
    }

    @Override
    public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
        return new PlaceSessions(request).remove(plan);
    }
}
