package io.trails.worktree.internal.create;

import io.trails.DirtyPolicy;
import io.trails.TrailsException;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.internal.git.Ahead;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.register.PathText;
import io.trails.worktree.internal.repo.Repository;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Says what a session's worktree is going to be. Only reads. */
public final class Planning {
    private final GitProgram program;
    private final WorkspaceRequest request;

    public Planning(GitProgram program, WorkspaceRequest request) {
        this.program = program;
        this.request = request;
    }

    public WorktreePlan plan() {
        Path project = request.project();
        requireExpressible(project);
        if (!Files.isDirectory(project)) throw noRepository(project);
        var git = new Git(program, project);
        try (Ahead<LocalBranches> branches = Ahead.ask(() -> LocalBranches.of(git))) {
            return plan(git, branches);
        }
    }

    private WorktreePlan plan(Git git, Ahead<LocalBranches> asked) {
        Path project = request.project();
        Repository repository = Repository.find(git).orElseThrow(() -> noRepository(project));
        requireExpressible(repository.commonDirectory());
        LocalBranches branches = asked.get();
        StartingPoint start = StartingPoint.find(git, request, branches);
        Path root = new Placement(repository, request).choose();
        requireExpressible(root);
        String key = request.sessionId() + "-" + draw();
        return new WorktreePlan(
                request.sessionId(),
                key,
                project,
                repository.commonDirectory(),
                repository.topLevel(),
                repository.prefix(),
                root,
                key,
                BranchName.free(branches.names(), request.sessionId()),
                start.commit(),
                start.branch(),
                dirty(repository),
                start.fork());
    }

    private DirtyPolicy dirty(Repository repository) {
        if (repository.isBare()) return DirtyPolicy.IGNORE;
        boolean elsewhere = request.baseRef().isPresent() || request.forkOf().isPresent();
        return request.dirty().orElse(elsewhere ? DirtyPolicy.IGNORE : DirtyPolicy.CARRY);
    }

    /** Not secret: nobody may have it already. */
    private static String draw() {
        return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
    }

    private static void requireExpressible(Path path) {
        if (PathText.isExpressible(path)) return;
        throw new TrailsException(
                "worktree.path-inexpressible",
                "The path " + path + " holds control characters, or bytes that this JVM's charset "
                        + System.getProperty("sun.jnu.encoding")
                        + " cannot express; start it under a UTF-8 locale such as LC_ALL=C.UTF-8, or rename the directory");
    }

    private static TrailsException noRepository(Path project) {
        return new TrailsException(
                "worktree.no-repository",
                "git finds no repository at " + project + "; make one with 'git init' and a first commit, or use a mode"
                        + " that works in place");
    }
}
