package io.trails.worktree.internal.jgit;

import io.trails.TrailsException;

/** What is not done without a git program. */
final class GitNeeded {
    private GitNeeded() {}

    static TrailsException forThat(String what) {
        return new TrailsException(
                "worktree.git-needed",
                "There is no git on the PATH, and without it " + what + "; install git 2.31 or newer");
    }
}
