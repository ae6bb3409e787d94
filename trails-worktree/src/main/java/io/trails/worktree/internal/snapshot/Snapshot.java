package io.trails.worktree.internal.snapshot;

import io.trails.worktree.internal.git.RepoPath;
import java.util.List;
import java.util.Optional;

/**
 * A tree as it was at one moment, as ids of objects. Immutable.
 *
 * @param tree all files that were not ignored, with the content they had on disk; files that a sparse checkout leaves out are as
 *     in the index
 * @param indexTree what was staged; of an unmerged path, our side
 * @param stages if the index was unmerged, a tree of the unmerged paths below {@code 1/}, {@code 2/} and {@code 3/}
 * @param head the commit that was checked out; empty if there was none yet
 * @param headTree its tree, or the empty tree
 * @param intended files that are announced for the next commit with nothing staged, as {@code git add -N} does
 * @param left directories of repositories inside the tree whose content is not in the snapshot: repositories that are no
 *     submodules, and submodules with changes of their own; with '/' at their ends
 */
public record Snapshot(
        String tree,
        String indexTree,
        Optional<String> stages,
        Optional<String> head,
        String headTree,
        List<RepoPath> intended,
        List<RepoPath> left) {
    public Snapshot {
        intended = List.copyOf(intended);
        left = List.copyOf(left);
    }

    /** Whether all of it is committed; a repository inside the tree never is. */
    public boolean clean() {
        return sameAsHead() && left.isEmpty();
    }

    /** Whether it holds nothing beyond the commit that was checked out. */
    public boolean sameAsHead() {
        return tree.equals(headTree) && indexTree.equals(headTree) && stages.isEmpty();
    }

    /** The same with other files. */
    Snapshot withTree(String other) {
        return new Snapshot(other, indexTree, stages, head, headTree, intended, left);
    }

    /** Whether the same is checked out, staged, and in the files. */
    public boolean sameAs(Snapshot other) {
        return tree.equals(other.tree)
                && indexTree.equals(other.indexTree)
                && stages.equals(other.stages)
                && head.equals(other.head);
    }
}
