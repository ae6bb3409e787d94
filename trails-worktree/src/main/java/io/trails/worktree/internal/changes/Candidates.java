package io.trails.worktree.internal.changes;

import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The only paths that can differ between two points. Immutable.
 *
 * @param states by path
 * @param repositories that lie in the tree and belong to nobody's history
 * @param submodulesWithWork whose own files differ
 */
record Candidates(
        NavigableMap<RepoPath, PathState> states, Set<RepoPath> repositories, Set<RepoPath> submodulesWithWork) {
    Candidates only(Predicate<RepoPath> wanted) {
        var kept = new TreeMap<RepoPath, PathState>();
        states.forEach((path, state) -> {
            if (state.mayDiffer() && wanted.test(path)) kept.put(path, state);
        });
        return new Candidates(kept, only(repositories, wanted), only(submodulesWithWork, wanted));
    }

    private static Set<RepoPath> only(Set<RepoPath> paths, Predicate<RepoPath> wanted) {
        var kept = new TreeSet<>(paths);
        kept.removeIf(wanted.negate());
        return kept;
    }

    boolean isEmpty() {
        return states.isEmpty();
    }

    TreeMap<RepoPath, Entry> then() {
        var entries = new TreeMap<RepoPath, Entry>();
        states.forEach((path, state) -> state.then().ifPresent(entry -> entries.put(path, entry)));
        return entries;
    }

    TreeMap<RepoPath, Entry> now() {
        var entries = new TreeMap<RepoPath, Entry>();
        states.forEach((path, state) -> state.now().ifPresent(entry -> entries.put(path, entry)));
        return entries;
    }

    List<RepoPath> toRead() {
        var paths = new ArrayList<RepoPath>();
        states.forEach((path, state) -> {
            if (state.read()) paths.add(path);
        });
        return paths;
    }
}
