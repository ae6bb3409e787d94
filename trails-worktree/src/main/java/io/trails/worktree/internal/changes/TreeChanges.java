package io.trails.worktree.internal.changes;

import io.trails.Change;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.TrailsException;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Checkpoints;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What differs in a session's tree from the point it started from, or between it and checkpoints: committed, staged, unstaged
 * and new files alike, but none that git ignores. Nothing is written into the repository, its index included, and a tree whose
 * {@code .git} is gone is still compared. Immutable, thread-safe.
 *
 * <p>Paths are relative to the session's directory. What lies in the tree beside that directory counts too and is shown with
 * {@code ../}, since it is committed and merged with the rest.
 */
public final class TreeChanges {
    private final SessionTree tree;
    private final TreeCalls calls;
    private final Survey survey;
    private final PathView view;
    private final FileChanges files;

    public TreeChanges(SessionTree tree) {
        this.tree = tree;
        calls = new TreeCalls(tree);
        survey = new Survey(calls);
        view = PathView.of(tree);
        files = new FileChanges(view);
    }

    /**
     * What differs now.
     *
     * @throws TrailsException {@code worktree.start-missing}, {@code worktree.head-damaged}, {@code worktree.git-failed} if the
     *     repository is damaged: never an answer that may be wrong
     */
    public Changes changes() {
        StatusReport status = survey.status();
        Points points = Points.find(calls, status);
        Candidates candidates =
                survey.until(status, points.startTree(), points.headTree()).only(view::counts);
        var caveats = new ChangeCaveats(view);
        if (status.head().isEmpty()) caveats.headUnborn();
        caveats.warned(status.warnings());
        List<Change> changes = candidates.isEmpty() ? List.of() : compare(candidates, caveats);
        return new Changes(changes, caveats.reasons(), points.standing());
    }

    private List<Change> compare(Candidates candidates, ChangeCaveats caveats) {
        try (ComparedTrees trees = ComparedTrees.build(calls, candidates)) {
            List<RepoPath> output =
                    tree.git().run(trees.diff("--raw", "--numstat", "-z")).fields();
            var changes = new ArrayList<>(files.parse(output));
            for (RepoPath path : trees.unread()) changes.add(unread(path, candidates));
            changes.sort(Comparator.comparing(Change::path));
            caveats.unread(trees.unread());
            return changes;
        }
    }

    /**
     * Gives the lines that differ, file by file, ordered by path from the root of the tree, on this thread. What is kept of one
     * file is bounded also where its lines are very long. Of a file that cannot be read none are given, and it is said to be cut.
     *
     * @throws TrailsException as {@link #changes}; {@code worktree.checkpoint-unknown}
     * @throws IllegalArgumentException if a path leads out of the tree
     */
    public void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
    }
}
