package io.trails.worktree.internal.removal;

import java.util.List;
import java.util.Optional;

/**
 * What of a session no other place has, as objects that exist. Immutable.
 *
 * @param head the commit that was checked out
 * @param files the tree of all files that are not ignored, if they differ from that commit's
 * @param index the tree of what was staged, if it differs from both
 * @param ignored the tree of the ignored files that no other place has
 * @param exact the tree of changed files whose bytes attributes would alter
 * @param commits that no ref leads to, the fewest that lead to all
 * @param bundles the tree of nested repositories' bundles
 * @param checkpoints refs of the session's checkpoints
 * @param stashes commits of the stash list that were made in the session
 * @param changed how many files there are in it
 */
record Material(
        Optional<String> head,
        Optional<String> files,
        Optional<String> index,
        Optional<String> ignored,
        Optional<String> exact,
        List<String> commits,
        Optional<String> bundles,
        List<Ref> checkpoints,
        List<String> stashes,
        int changed) {
    Material {
        commits = List.copyOf(commits);
        checkpoints = List.copyOf(checkpoints);
        stashes = List.copyOf(stashes);
    }

    boolean isEmpty() {
        return files.isEmpty()
                && index.isEmpty()
                && ignored.isEmpty()
                && exact.isEmpty()
                && bundles.isEmpty()
                && commits.isEmpty()
                && checkpoints.isEmpty()
                && stashes.isEmpty();
    }
}
