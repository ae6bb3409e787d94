package io.trails.worktree.internal.changes;

import io.trails.Change;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.TrailsException;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Checkpoints;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What differs in a session's tree from the point it started from, or between it and checkpoints: committed, staged, unstaged
 * and new files alike, but none that git ignores. Nothing is written into the repository, its index included, and a tree whose
 * {@code .git} is gone is still compared. Files that are hidden from git by its own flags (assume-unchanged, skip-worktree) are
 * as in the index, as they are for snapshots and commits. Immutable, thread-safe.
 *
 * <p>Paths are relative to the session's directory. What lies in the tree beside that directory counts too and is shown with
 * {@code ../}, since it is committed and merged with the rest.
 */
public final class TreeChanges {
    /** Beyond any file. */
    private static final int MOST_CONTEXT = 1_000_000_000;

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
        caveats.submodulesWithWork(candidates.submodulesWithWork());
        List<Change> changes = candidates.isEmpty() ? List.of() : compare(candidates, caveats);
        return new Changes(changes, caveats.reasons(), points.standing());
    }

    private List<Change> compare(Candidates candidates, ChangeCaveats caveats) {
        try (ComparedTrees trees = ComparedTrees.build(calls, candidates)) {
            var output = tree.git().run(trees.diff("--raw", "--numstat", "-z"));
            var changes = new ArrayList<>(files.parse(output.fields()));
            changes.addAll(files.unread(trees.unread(), candidates).values());
            changes.sort(Comparator.comparing(Change::path));
            caveats.unread(trees.unread());
            caveats.repositories(candidates.repositories());
            caveats.undecodable(candidates.states().keySet(), changes);
            return changes;
        }
    }

    /**
     * Gives the lines that differ, file by file, on this thread, ordered by path from the root of the tree. What is kept of one
     * file is bounded also where its lines are very long. Of a file that cannot be read none are given, and it is said to be cut.
     *
     * @throws TrailsException as {@link #changes}; {@code worktree.checkpoint-unknown}
     * @throws IllegalArgumentException if a path leads out of the tree
     */
    public void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
        Candidates candidates = candidates(request);
        if (candidates.isEmpty()) return;
        try (ComparedTrees trees = ComparedTrees.build(calls, candidates)) {
            var unread = files.unread(trees.unread(), candidates);
            GitCall diff = trees.diff("--raw", "-p", "-z", context(request.contextLines()));
            tree.git().stream(diff, new FileDiffs(files, request.linesPerFile(), unread, reader));
        }
    }

    /**
     * Writes what differs as a patch that {@code git apply --binary --index} takes anywhere in the repository: its paths are
     * from the root of the tree. At least one line of context is given, since git takes no patch without.
     *
     * @throws TrailsException as {@link #diff}; {@code workspace.patch-unwritten}; {@code workspace.file-unreadable} if a file
     *     cannot be read, before anything is written
     */
    public void writePatch(DiffRequest request, OutputStream out) {
        Candidates candidates = candidates(request);
        if (candidates.isEmpty()) return;
        try (ComparedTrees trees = ComparedTrees.build(calls, candidates)) {
            if (!trees.unread().isEmpty()) throw unreadable(trees.unread());
            GitCall patch = trees.diff("-p", "--binary", "--full-index", context(Math.max(1, request.contextLines())));
            tree.git().stream(patch, new PatchCopy(out));
        }
    }

    private TrailsException unreadable(List<RepoPath> paths) {
        return new TrailsException(
                "workspace.file-unreadable",
                paths.size() + " files that belong into the patch cannot be read, such as '" + view.shown(paths.get(0))
                        + "'; make them readable, or ask for other paths");
    }

    private static String context(int lines) {
        return "-U" + Math.min(lines, MOST_CONTEXT);
    }

    private Candidates candidates(DiffRequest request) {
        List<String> roots = view.fromRoot(request.paths());
        String before = request.since().isPresent() ? tree(request.since().get()) : Points.startTree(calls);
        return between(before, request.until()).only(path -> view.counts(path) && view.isIn(roots, path));
    }

    private Candidates between(String before, Optional<Checkpoint> until) {
        if (until.isPresent()) return survey.between(before, tree(until.get()));
        StatusReport status = survey.status();
        return survey.until(status, before, Points.headTree(calls, status));
    }

    private String tree(Checkpoint checkpoint) {
        String commit = new Checkpoints(tree).commit(checkpoint);
        return tree.git().text("rev-parse", "--verify", "--end-of-options", commit + "^{tree}");
    }
}
