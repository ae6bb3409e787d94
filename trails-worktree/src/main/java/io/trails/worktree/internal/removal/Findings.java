package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Collects what an inspection finds. Single-threaded. */
final class Findings {
    private static final int NAMED = 5;

    private final List<Finding> findings = new ArrayList<>();
    final List<String> commits = new ArrayList<>();
    final List<String> stashes = new ArrayList<>();
    final List<Ref> checkpoints = new ArrayList<>();
    Optional<String> head = Optional.empty();
    Optional<String> files = Optional.empty();
    Optional<String> index = Optional.empty();
    Optional<String> ignored = Optional.empty();
    Optional<String> exact = Optional.empty();
    Optional<String> bundles = Optional.empty();
    int changed;

    void add(Finding finding) {
        findings.add(finding);
    }

    /** Work in files, if there are any. */
    void files(String code, String kind, Collection<RepoPath> paths) {
        if (paths.isEmpty()) return;
        add(Finding.work(code, counted(paths.size(), kind), some(paths)));
    }

    static String counted(int count, String kind) {
        return count + " " + kind + (count == 1 ? "" : "s");
    }

    static String some(Collection<RepoPath> paths) {
        List<String> names = paths.stream().limit(NAMED).map(RepoPath::text).toList();
        return String.join(", ", names) + (paths.size() > NAMED ? " and " + (paths.size() - NAMED) + " more" : "");
    }

    Inspection inspection(List<Ref> refs) {
        var material =
                new Material(head, files, index, ignored, exact, commits, bundles, checkpoints, stashes, changed);
        return new Inspection(findings, material, refs);
    }
}
