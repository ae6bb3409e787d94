package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.RepoPath;
import java.util.List;

/**
 * What git says about some paths of a merge. Immutable.
 *
 * @param type a stable token of git's, such as {@code CONFLICT (modify/delete)}; the text that goes with it is for people
 */
record MergeNote(List<RepoPath> paths, String type) {
    MergeNote {
        paths = List.copyOf(paths);
    }

    boolean isConflict() {
        return type.startsWith("CONFLICT");
    }

    boolean is(String what) {
        return type.contains(what);
    }
}
