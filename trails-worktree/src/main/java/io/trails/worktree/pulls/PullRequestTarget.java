package io.trails.worktree.pulls;

import java.util.Objects;

/**
 * From where to where. Immutable.
 *
 * @param base the repository that gets the request
 * @param baseBranch short, such as {@code main}
 * @param head the repository that the branch was pushed to
 * @param headBranch short, such as {@code trails/fix-login}
 */
public record PullRequestTarget(RemoteUrl base, String baseBranch, RemoteUrl head, String headBranch) {
    /** Checks the components. */
    public PullRequestTarget {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(baseBranch, "baseBranch");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(headBranch, "headBranch");
    }

    /**
     * Whether the branch is in another repository than the one that gets the request.
     *
     * @return true for a fork
     */
    public boolean isFork() {
        return !base.path().equalsIgnoreCase(head.path());
    }
}
