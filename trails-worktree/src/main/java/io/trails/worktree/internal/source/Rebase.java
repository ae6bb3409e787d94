package io.trails.worktree.internal.source;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Plumbing;
import io.trails.worktree.internal.snapshot.PrivateIndex;
import io.trails.worktree.internal.snapshot.SnapshotCommits;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Applies work that was done on one commit to another, among objects alone: no file is touched. Immutable. */
final class Rebase {
    private static final int SHOWN = 5;

    private final Git git;
    private final SnapshotCommits commits;
    private final String from;
    private final String onto;

    /**
     * @param from the tree the work was done on
     * @param onto the tree it is wanted on
     */
    Rebase(Git git, Clock clock, String from, String onto) {
        this.git = git;
        commits = new SnapshotCommits(git, clock);
        this.from = from;
        this.onto = onto;
    }

    /**
     * The tree of both.
     *
     * @param work the tree that was made of {@code from}
     * @throws TrailsException {@code worktree.carry-conflict}
     */
    String apply(String work) {
        if (work.equals(from)) return onto;
        if (onto.equals(from)) return work;
        return git.version().isAtLeast(2, 38) ? merged(work) : fileByFile(work);
    }

    /** Commits that nobody keeps tell git what the common start is. */
    private String merged(String work) {
        String base = commits.commit(from, List.of(), "base");
        String ours = commits.commit(onto, List.of(base), "onto");
        String theirs = commits.commit(work, List.of(base), "work");
        GitResult merged =
                git.run(Plumbing.call("merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs)
                        .accepting(0, 1));
        List<RepoPath> answer = merged.fields();
        if (!merged.ok()) throw conflict(answer.subList(1, answer.size()));
        return answer.get(0).text();
    }

    /** Without that command, each file has to be changed on one side only. */
    private String fileByFile(String work) {
        try (PrivateIndex index = PrivateIndex.empty(git, Optional.empty())) {
            git.run(index.on(Plumbing.call("read-tree", "-i", "-m", "--aggressive", from, onto, work)));
            List<RepoPath> unmerged = git.run(index.on(
                            Plumbing.call("diff-files", "--name-only", "-z", "--diff-filter=U", "--no-ext-diff")))
                    .fields();
            if (!unmerged.isEmpty()) throw conflict(unmerged);
            return index.writeTree();
        }
    }

    private static TrailsException conflict(List<RepoPath> paths) {
        String names =
                paths.stream().distinct().limit(SHOWN).map(RepoPath::text).collect(Collectors.joining(", "));
        return new TrailsException(
                "worktree.carry-conflict",
                "The work that is not committed does not apply to the chosen base: " + names
                        + "; commit it first, choose the commit it was made on, or use DirtyPolicy.IGNORE");
    }
}
