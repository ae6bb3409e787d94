package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Snapshot;
import io.trails.worktree.internal.snapshot.Snapshots;
import java.util.List;
import java.util.Optional;

/**
 * What a session has, at one moment. Immutable.
 *
 * @param head the commit that its tree is based on
 * @param branch the full name of the branch that is checked out; empty if none is
 * @param tree of everything that is not ignored
 * @param staged the tree of what is in the index
 * @param committed whether that is the commit's
 * @param unmerged whether there are conflicts to resolve first
 * @param left repositories in it whose content is not in the tree
 */
record SessionWork(
        String head,
        Optional<String> branch,
        String tree,
        String staged,
        boolean committed,
        boolean unmerged,
        List<RepoPath> left) {
    SessionWork {
        left = List.copyOf(left);
    }

    /** Empty if nothing has been committed yet. */
    static Optional<SessionWork> look(Git git, Snapshots snapshots) {
        Snapshot now = snapshots.take();
        return now.head()
                .map(head -> new SessionWork(
                        head,
                        branch(git),
                        now.tree(),
                        now.indexTree(),
                        now.tree().equals(now.headTree()),
                        now.stages().isPresent(),
                        now.left()));
    }

    static Optional<String> branch(Git git) {
        GitResult branch = git.run(GitCall.of("symbolic-ref", "-q", "HEAD").accepting(0, 1));
        return branch.ok() ? Optional.of(branch.text()) : Optional.empty();
    }

    /** The commit, or one that stands for what is not committed. */
    String commit(MergeStore store) {
        if (committed) return head;
        return StandIn.commit(store, tree, Optional.of(head));
    }
}
