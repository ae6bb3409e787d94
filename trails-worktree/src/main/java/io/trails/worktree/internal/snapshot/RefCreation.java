package io.trails.worktree.internal.snapshot;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitFailedException;

/** Makes refs of trails' own. */
public final class RefCreation {
    private RefCreation() {}

    /**
     * Makes a ref that does not exist, whoever else tries at the same moment.
     *
     * @return false if it exists
     */
    public static boolean create(Git git, String ref, String commit) {
        try {
            git.run(Plumbing.call("update-ref", "--stdin").input("create " + ref + " " + commit + "\n"));
            return true;
        } catch (GitFailedException failed) {
            if (git.ref(ref).isPresent()) return false;
            throw failed;
        }
    }
}
