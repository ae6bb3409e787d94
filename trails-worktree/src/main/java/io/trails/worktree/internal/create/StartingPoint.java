package io.trails.worktree.internal.create;

import io.trails.Checkpoint;
import io.trails.TrailsException;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.source.Carry;
import java.util.Optional;

/**
 * What a session starts from.
 *
 * @param commit its id
 * @param branch the local branch it was found on, short; empty if it was not named by one
 * @param fork the commit of the checkpoint whose files it starts with
 */
record StartingPoint(String commit, Optional<String> branch, Optional<String> fork) {
    private static final String HEADS = "refs/heads/";

    static StartingPoint find(Git git, WorkspaceRequest request, LocalBranches branches) {
        Optional<String> fork = request.forkOf().map(Checkpoint::id);
        Optional<String> forkBase = fork.map(checkpoint -> Carry.baseOf(git, checkpoint));
        Optional<String> named = request.baseRef();
        if (named.isPresent()) return new StartingPoint(commit(git, named.get()), branch(git, named.get()), fork);
        if (forkBase.isEmpty() && branches.current().isPresent()) {
            LocalBranches.Current current = branches.current().get();
            return new StartingPoint(
                    current.commit(), Optional.of(current.name().substring(HEADS.length())), fork);
        }
        if (forkBase.isPresent()) return new StartingPoint(forkBase.get(), branch(git, "HEAD"), fork);
        String head = git.commit("HEAD").orElseThrow(() -> unborn(git));
        return new StartingPoint(head, branch(git, "HEAD"), fork);
    }

    private static String commit(Git git, String ref) {
        return git.commit(ref)
                .orElseThrow(() -> new TrailsException(
                        "worktree.base-unknown",
                        "'" + ref + "' leads to no commit in the repository of " + git.directory()
                                + "; name a branch, a tag or a commit that is there, or fetch it first"));
    }

    private static Optional<String> branch(Git git, String ref) {
        // What begins like an option never led to a commit.
        GitResult name = git.run(GitCall.of("rev-parse", "--verify", "--quiet", "--symbolic-full-name", ref)
                .accepting(0, 1, 128));
        return name.ok() && name.text().startsWith(HEADS)
                ? Optional.of(name.text().substring(HEADS.length()))
                : Optional.empty();
    }

    private static TrailsException unborn(Git git) {
        return new TrailsException(
                "worktree.no-commit",
                "The repository of " + git.directory()
                        + " has no commit yet, and a worktree starts from one; make it with 'git commit --allow-empty',"
                        + " or use a mode that works in place");
    }
}
