package io.trails.worktree.internal.changes;

import io.trails.Change;
import io.trails.Changes;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.tree.SessionTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** What differs between two trees that both are in the repository, shown as everything else is that a session shows. */
public final class TreeDifference {
    private TreeDifference() {}

    public static Changes none() {
        return new Changes(List.of(), List.of());
    }

    /**
     * Compares two trees, or the trees of two commits.
     *
     * @param run runs git where the objects are
     */
    public static Changes between(SessionTree tree, Function<GitCall, GitResult> run, String before, String after) {
        GitCall diff = GitCall.of(
                "diff-tree",
                "-r",
                "-z",
                "-M",
                "-l1000",
                "--raw",
                "--numstat",
                "--no-abbrev",
                "--no-ext-diff",
                "--no-textconv",
                "--ignore-submodules=none",
                before,
                after);
        var output = run.apply(diff.config("diff.relative", "false")).fields();
        PathView view = PathView.of(tree);
        var changes = new ArrayList<>(new FileChanges(view).parse(output));
        changes.sort(Comparator.comparing(Change::path));
        var caveats = new ChangeCaveats(view);
        caveats.undecodable(output, changes);
        return new Changes(changes, caveats.reasons());
    }
}
