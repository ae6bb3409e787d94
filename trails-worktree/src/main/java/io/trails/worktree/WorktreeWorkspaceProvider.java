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
import io.trails.worktree.internal.create.Creation;
import io.trails.worktree.internal.create.Opening;
import io.trails.worktree.internal.create.Planning;
import io.trails.worktree.internal.create.WorktreeWorkspace;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.git.GitPrograms;
import io.trails.worktree.internal.jgit.JGitWorkspaces;
import io.trails.worktree.internal.removal.WorktreeRemoval;
import io.trails.worktree.internal.repo.GitProbe;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.util.Optional;
import java.util.Set;

/**
 * A git worktree and a branch {@code trails/<id>} per session, beside the project's repository or where the settings say. The
 * project may be any directory of a repository with a commit: the root of a tree, a directory in it, a linked worktree, a
 * submodule, a bare repository. Work that is not committed comes along unless the session's {@link io.trails.DirtyPolicy} says
 * otherwise. A {@code post-checkout} hook is not run.
 *
 * <p>Needs git 2.31 or newer on the host's {@code PATH}. Without any git, repositories that need nothing special are served by
 * JGit: sessions begin from a commit and have changes, but no diffs, checkpoints and merges, and are removed only if nothing would
 * be lost; whatever else is asked for is refused with {@code worktree.git-needed}.
 *
 * <p>The session's branch is git's to use as any other; what else trails keeps is below {@code refs/trails/}. Nothing is removed
 * before it is saved elsewhere.
 */
public final class WorktreeWorkspaceProvider implements WorkspaceProvider {
    private final GitPrograms programs = new GitPrograms();

    /** Does nothing. */
    public WorktreeWorkspaceProvider() {}

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
        return GitProgram.find(context.environment()).isPresent()
                ? GitProbe.forWorktrees(context)
                : JGitWorkspaces.probe(context);
    }

    @Override
    public Plan plan(WorkspaceRequest request) {
        Optional<GitProgram> program = programs.find(request.environment());
        if (program.isEmpty()) return JGitWorkspaces.plan(request).toPlan();
        return new Planning(program.get(), request).plan().toPlan();
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
        WorktreePlan planned = WorktreePlan.parse(plan);
        Optional<GitProgram> program = programs.find(request.environment());
        if (program.isEmpty()) return JGitWorkspaces.create(planned, request);
        var creation = new Creation(planned, request, program.get());
        return new WorktreeWorkspace(creation.run(), planned.directory());
    }

    @Override
    public Workspace open(Plan plan, WorkspaceRequest request) {
        WorktreePlan planned = WorktreePlan.parse(plan);
        Optional<GitProgram> program = programs.find(request.environment());
        if (program.isEmpty()) return JGitWorkspaces.open(planned, request);
        var opening = new Opening(planned, request, program.get());
        return new WorktreeWorkspace(opening.open(), planned.directory());
    }

    @Override
    public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
        WorktreePlan planned = WorktreePlan.parse(plan);
        Optional<GitProgram> program = programs.find(request.environment());
        if (program.isEmpty()) return JGitWorkspaces.remove(planned, request, policy);
        return WorktreeRemoval.remove(planned, request, program.get(), policy);
    }
}
