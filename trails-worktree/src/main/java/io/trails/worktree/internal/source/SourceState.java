package io.trails.worktree.internal.source;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Operation;
import java.util.List;
import java.util.Set;

/**
 * What is not committed in a tree. Immutable.
 *
 * @param operations what git has begun in it and not ended
 * @param unmerged paths with a conflict that is not resolved
 * @param staged paths whose index differs from the last commit
 * @param unstaged tracked paths whose file differs from the index
 * @param untracked files that are neither tracked nor ignored
 * @param repositories directories of repositories in it that are no submodules, or submodules with changes; with '/' at the end
 */
public record SourceState(
        Set<Operation> operations,
        List<RepoPath> unmerged,
        List<RepoPath> staged,
        List<RepoPath> unstaged,
        List<RepoPath> untracked,
        List<RepoPath> repositories) {
    public SourceState {
        operations = Set.copyOf(operations);
        unmerged = List.copyOf(unmerged);
        staged = List.copyOf(staged);
        unstaged = List.copyOf(unstaged);
        untracked = List.copyOf(untracked);
        repositories = List.copyOf(repositories);
    }

    /** Looks at the whole tree and writes nothing. */
    public static SourceState of(Git git) {
        throw new UnsupportedOperationException(git.toString());
    }

    /** Whether there is nothing that a session could miss. */
    public boolean clean() {
        return unmerged.isEmpty() && staged.isEmpty() && unstaged.isEmpty() && untracked.isEmpty();
    }

    /** For messages: counts and the first paths. */
    public String describe() {
        throw new UnsupportedOperationException();
    }
}
