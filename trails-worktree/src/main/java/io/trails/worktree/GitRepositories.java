package io.trails.worktree;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.repo.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Makes repositories out of projects that are none, on request. */
public final class GitRepositories {
    private GitRepositories() {}

    /**
     * Makes a project a git repository with an empty first commit, so that sessions can have worktrees. No file is added: what is
     * in the project is then work that is not committed, which sessions carry over unless told otherwise. Does nothing if it has a
     * commit already; one that was begun is finished.
     *
     * @param project an existing directory
     * @throws TrailsException {@code worktree.git-missing}; {@code worktree.inside-repository} if a folder above it is a
     *     repository; {@code worktree.identity-missing} if git knows no name and address to commit with;
     *     {@code worktree.git-failed}
     */
    public static void initialize(Path project) {
        initialize(project, System.getenv());
    }

    /**
     * The same with another environment.
     *
     * @param project an existing directory
     * @param environment where git is found, and its configuration
     */
    public static void initialize(Path project, Map<String, String> environment) {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(environment, "environment");
        GitProgram program = GitProgram.find(environment)
                .orElseThrow(() -> new TrailsException(
                        "worktree.git-missing", "There is no git on the PATH; install git 2.31 or newer"));
        var git = new Git(program, project.toAbsolutePath());
        if (!Files.exists(project.resolve(".git"))) {
            if (Repository.find(git).isPresent()) throw inside(project);
            requireIdentity(git);
            git.run(GitCall.of("init", "--quiet").locking());
        }
        if (git.commit("HEAD").isPresent()) return;
        requireIdentity(git);
        String tree = git.run(GitCall.of("mktree").locking()).text();
        String commit = git.run(GitCall.of("commit-tree", tree, "-m", "Start").locking())
                .text();
        git.run(GitCall.of("update-ref", "HEAD", commit, "").locking());
    }

    private static void requireIdentity(Git git) {
        try {
            git.run("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT");
        } catch (GitFailedException unknown) {
            throw new TrailsException(
                    "worktree.identity-missing",
                    "git knows no name and address to commit with; run git config --global user.name and user.email",
                    unknown);
        }
    }

    private static TrailsException inside(Path project) {
        return new TrailsException(
                "worktree.inside-repository",
                project + " is a folder of another repository; use that one, or run git init yourself");
    }
}
