package io.trails.worktree.internal.merge;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Merges commits without a tree to do it in: nothing is written but objects. Immutable.
 *
 * <p>git merges, renames and all, and so do the merge drivers that the user configured. A git before 2.38 cannot do that without
 * a tree; then files are merged that have the same name on both sides, and {@link #knowsRenames} says so.
 */
public final class TreeMerge {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String UNRELATED = "--allow-unrelated-histories";

    private final MergeStore store;

    TreeMerge(MergeStore store) {
        this.store = store;
    }

    /**
     * Merges in a repository.
     *
     * @param objects adds to a call where objects are written
     */
    public static TreeMerge in(Git git, UnaryOperator<GitCall> objects) {
        return new TreeMerge(new MergeStore(git, objects));
    }

    public boolean knowsRenames() {
        return store.git().version().isAtLeast(2, 38);
    }

    /** Histories without a common commit are merged as if an empty tree had been their start. */
    public TreeMergeResult merge(String ours, String theirs) {
        if (!knowsRenames()) return new PlainMerge(store).merge(ours, theirs);
        GitResult merged =
                store.run(GitCall.of("merge-tree", "--write-tree", "-z", "--messages", UNRELATED, ours, theirs)
                        .timeout(LIMIT)
                        .accepting(0, 1));
        if (merged.bytes().length == 0)
            throw new TrailsException(
                    "worktree.merge-failed",
                    "git could not merge " + theirs + " into " + ours + ": " + merged.errors());
        return MergeTreeOutput.parse(merged.bytes(), ours, theirs, merged.ok());
    }

    /** Merges what one commit did to its parent, as a cherry-pick does. */
    TreeMergeResult pick(String onto, String commit) {
        String tree = store.tree(onto);
        Optional<String> parent = store.commit(commit + "^");
        return merge(StandIn.commit(store, tree, parent), commit);
    }
}
