package io.trails.worktree.internal.merge;

import io.trails.MergeRequest;
import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.tree.SessionTree;
import java.util.Optional;

/**
 * The branch that gets the work. Immutable.
 *
 * @param name short
 * @param commit where it is
 */
record Target(String name, String commit) {
    private static final String HEADS = "refs/heads/";

    /**
     * @throws TrailsException {@code worktree.target-unknown}
     * @throws IllegalArgumentException if it is the session's own branch
     */
    static Target find(SessionTree tree, MergeRequest request) {
        String wanted = request.target()
                .or(tree::baseBranch)
                .orElseThrow(() -> new TrailsException(
                        "worktree.target-unknown",
                        "Session '" + tree.sessionId()
                                + "' did not start from a branch; name the branch to merge into"));
        String name = wanted.startsWith(HEADS) ? wanted.substring(HEADS.length()) : wanted;
        if (tree.branch().filter(name::equals).isPresent())
            throw new IllegalArgumentException("'" + name + "' is the session's own branch");
        return exact(tree.git(), HEADS + name)
                .map(commit -> new Target(name, commit))
                .orElseThrow(() -> new TrailsException("worktree.target-unknown", unknown(tree.git(), wanted)));
    }

    private static String unknown(Git git, String wanted) {
        if (exact(git, "refs/remotes/" + wanted).isPresent()
                || exact(git, wanted).isPresent())
            return "'" + wanted + "' is no local branch but what was last seen elsewhere, or a tag;"
                    + " make a branch of it, merge into that, and push it";
        return "There is no branch '" + wanted + "' to merge into; make it first, or name another";
    }

    /** What a ref holds; never an expression that leads to a commit. */
    private static Optional<String> exact(Git git, String ref) {
        GitResult found =
                git.run(GitCall.of("show-ref", "--verify", "--hash", "--", ref).accepting(0, 1, 128));
        if (found.ok()) return Optional.of(found.text());
        // With the same exit code git says that it finds no repository any more, and then nothing is known of the ref.
        git.run("rev-parse", "--git-dir");
        return Optional.empty();
    }

    String ref() {
        return HEADS + name;
    }
}
