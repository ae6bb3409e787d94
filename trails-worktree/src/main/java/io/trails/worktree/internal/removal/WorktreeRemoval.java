package io.trails.worktree.internal.removal;

import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.tree.WorktreePlan;

/** Removes a session's worktree, branch and refs. Called again after a crash at any step, it goes on. Thread-safe. */
public final class WorktreeRemoval {
    private WorktreeRemoval() {}

    /** Removes what is saved elsewhere, or what the policy lets be rescued first; everything else is kept and reported. */
    public static RemovalReport remove(
            WorktreePlan plan, WorkspaceRequest request, GitProgram program, RemovalPolicy policy) {
        return new Removal(new Site(program, plan), request, policy, step -> {}).run();
    }
}
