package io.trails.worktree.internal.create;

import io.trails.Checkpoint;
import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.tree.SessionRefs;

/** Sessions that start from a checkpoint of another. */
final class Forks {
    private Forks() {}

    /** The commit that holds the checkpoint's files. */
    static String commit(Git git, Checkpoint checkpoint) {
        return git.commit(SessionRefs.allCheckpoints() + checkpoint.id())
                .orElseThrow(() -> new TrailsException(
                        "worktree.checkpoint-unknown",
                        "The repository of " + git.directory() + " has no checkpoint '" + checkpoint.id()
                                + "'; it may have been collected with its session"));
    }

    /** The commit that was checked out when it was taken. */
    static String base(Git git, String checkpoint) {
        return git.commit(checkpoint + "^1").orElse(checkpoint);
    }
}
