package io.trails.worktree.internal.source;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Operation;
import io.trails.worktree.internal.snapshot.TreeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
    private static final int SHOWN = 5;

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
        return of(git, Optional.empty());
    }

    /**
     * The same without what nobody works on.
     *
     * @param ignored what in the tree is trails' own, relative to the root, with '/' at its end
     */
    public static SourceState of(Git git, Optional<String> ignored) {
        List<TreeStatus.Entry> entries =
                TreeStatus.parse(git.run(TreeStatus.call())).without(ignored).entries();
        return new SourceState(
                Operation.underWay(git),
                paths(entries, TreeStatus.Entry::unmerged),
                paths(entries, TreeStatus.Entry::inIndexChanged),
                paths(entries, TreeStatus.Entry::onDiskChanged),
                paths(entries, entry -> entry.untracked() && !entry.repository()),
                paths(entries, TreeStatus.Entry::repository));
    }

    private static List<RepoPath> paths(List<TreeStatus.Entry> entries, Predicate<TreeStatus.Entry> which) {
        return entries.stream().filter(which).map(TreeStatus.Entry::path).toList();
    }

    /** Whether there is nothing that a session could miss. */
    public boolean clean() {
        return unmerged.isEmpty() && staged.isEmpty() && unstaged.isEmpty() && untracked.isEmpty();
    }

    /** For messages: counts and the first paths. */
    public String describe() {
        var parts = new ArrayList<String>();
        for (Operation operation : Operation.values()) {
            if (operations.contains(operation)) parts.add("a " + operation.word() + " is under way");
        }
        describe(parts, unmerged, "unmerged");
        describe(parts, staged, "staged");
        describe(parts, unstaged, "not staged");
        describe(parts, untracked, "not tracked");
        return parts.isEmpty() ? "everything is committed" : String.join(", ", parts);
    }

    private static void describe(List<String> parts, List<RepoPath> paths, String what) {
        if (paths.isEmpty()) return;
        String names = paths.stream().limit(SHOWN).map(RepoPath::text).collect(Collectors.joining(", "));
        parts.add(paths.size() + " " + what + " (" + names + (paths.size() > SHOWN ? ", ..." : "") + ")");
    }
}
