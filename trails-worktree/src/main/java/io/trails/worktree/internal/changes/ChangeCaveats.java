package io.trails.worktree.internal.changes;

import io.trails.Change;
import io.trails.Reason;
import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a comparison could not know: one reason per kind, however many files it concerns. Single-threaded. */
final class ChangeCaveats {
    private static final int EXAMPLES = 3;

    private final PathView view;
    private final List<Reason> reasons = new ArrayList<>();

    ChangeCaveats(PathView view) {
        this.view = view;
    }

    void headUnborn() {
        reasons.add(Reason.of(
                "worktree.head-unborn",
                "No commit is checked out; everything is compared, but there are no commits to count",
                "Commit, or check the session's branch out again"));
    }

    /** @param words of git's, which it says where it cannot look at a folder; empty if there are none */
    void warned(String words) {
        if (words.isEmpty()) return;
        reasons.add(Reason.of(
                "workspace.unreadable",
                "git could not look at everything: " + words,
                "Grant read and search permission on what it names"));
    }

    void unread(Collection<RepoPath> paths) {
        add(
                paths,
                "workspace.unreadable",
                "files cannot be read; they are reported as changed, but how is not known",
                "Grant read permission on them, and see that the filters of .gitattributes work");
    }

    void repositories(Collection<RepoPath> paths) {
        add(
                paths,
                "worktree.nested-repository",
                "folders are repositories of their own; only the commit that is checked out in them counts",
                "Remove their .git, or make them submodules");
    }

    void submodulesWithWork(Collection<RepoPath> paths) {
        add(
                paths,
                "worktree.submodule-work",
                "submodules hold changes of their own that are not committed there; these do not count",
                "Commit them in the submodule");
    }

    /** @param changes that are told; of the paths only theirs matter */
    void undecodable(Collection<RepoPath> paths, List<Change> changes) {
        List<RepoPath> bad = paths.stream().filter(path -> !path.isText()).toList();
        if (bad.isEmpty()) return;
        Set<String> told = new HashSet<>();
        for (Change change : changes) {
            told.add(change.path());
            change.previousPath().ifPresent(told::add);
        }
        add(
                bad.stream().filter(path -> told.contains(view.shown(path))).toList(),
                "workspace.name-undecodable",
                "names are no UTF-8; they are shown with a replacement character",
                "Rename them");
    }

    private void add(Collection<RepoPath> paths, String code, String message, String remedy) {
        if (paths.isEmpty()) return;
        String examples = paths.stream()
                .limit(EXAMPLES)
                .map(path -> "'" + view.shown(path) + "'")
                .collect(Collectors.joining(", "));
        String more = paths.size() > EXAMPLES ? ", ..." : "";
        reasons.add(Reason.of(code, paths.size() + " " + message + ": " + examples + more, remedy));
    }

    List<Reason> reasons() {
        return List.copyOf(reasons);
    }
}
