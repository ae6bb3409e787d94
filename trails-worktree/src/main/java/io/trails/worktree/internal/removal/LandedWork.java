package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import java.util.Optional;

/** Finds that a commit was squashed or rebased into a branch that still has the result. Immutable. */
record LandedWork(Site site, TreeGit git, SessionRefTable refs) {
    boolean has(String commit) {
        for (Ref merged : refs.merged()) {
            Optional<Ref> as = refs.mergedAs(merged);
            if (as.isPresent() && leadsTo(commit, merged.target()) && isOnBranch(as.get())) return true;
        }
        return false;
    }

    private boolean leadsTo(String ancestor, String commit) {
        return git.run(GitCall.of("merge-base", "--is-ancestor", ancestor, commit)
                        .accepting(0, 1, 128))
                .ok();
    }

    /** Any but the session's own. */
    private boolean isOnBranch(Ref as) {
        GitCall missing = GitCall.of(
                "rev-list",
                "--max-count=1",
                as.target(),
                "--not",
                // Relative to what --branches looks at.
                "--exclude=" + site.plan().branch(),
                "--branches",
                "--remotes");
        return git.run(missing).lines().isEmpty();
    }
}
