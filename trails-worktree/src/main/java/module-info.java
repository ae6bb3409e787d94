/** Workspaces for trails that are made with git: a worktree and a branch per session, or the project itself with its history. */
@SuppressWarnings("requires-automatic") // JGit has an automatic module name and no descriptor.
module io.trails.worktree {
    requires transitive io.trails;
    requires java.net.http;
    requires org.eclipse.jgit;
    requires org.slf4j;
    requires tools.jackson.core;
    requires static transitive org.jspecify;

    exports io.trails.worktree;
    exports io.trails.worktree.pulls;

    uses io.trails.worktree.pulls.PullRequests;

    provides io.trails.spi.Provider with
            io.trails.worktree.RepositoryWorkspaceProvider,
            io.trails.worktree.WorktreeWorkspaceProvider;
}
