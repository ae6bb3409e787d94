package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.RepoPath;

/**
 * One side of a path that is not merged. Immutable.
 *
 * @param mode as git writes it
 * @param objectId of the content
 * @param number 1 for the base, 2 for ours, 3 for theirs
 * @param path where git put it
 */
record Stage(String mode, String objectId, int number, RepoPath path) {
    static final int BASE = 1;
    static final int OURS = 2;
    static final int THEIRS = 3;

    private static final String SYMLINK = "120000";
    private static final String SUBMODULE = "160000";

    boolean isSymlink() {
        return mode.equals(SYMLINK);
    }

    boolean isSubmodule() {
        return mode.equals(SUBMODULE);
    }

    boolean isFile() {
        return !isSymlink() && !isSubmodule();
    }

    Stage at(RepoPath other) {
        return new Stage(mode, objectId, number, other);
    }
}
