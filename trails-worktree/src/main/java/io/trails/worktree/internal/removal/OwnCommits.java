package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commits that would be lost with a session: no branch, tag, remote-tracking branch or rescue leads to them. Immutable. */
final class OwnCommits {
    private final Map<String, List<String>> parents;

    private OwnCommits(Map<String, List<String>> parents) {
        this.parents = parents;
    }

    /**
     * @param roots from which to look; what does not exist is passed over
     * @param saved commits that are nobody's work here
     */
    static OwnCommits find(Site site, TreeGit git, Collection<String> roots, Collection<String> saved) {
        return find(site, git, roots, saved, site.plan().refs().trash());
    }

    /** Whether a commit that somebody else made outlives the session: rescues of other sessions count, too. */
    static boolean isSaved(Site site, TreeGit git, String commit) {
        return !find(site, git, List.of(commit), List.of(), "refs/trails/trash/")
                .contains(commit);
    }

    private static OwnCommits find(
            Site site, TreeGit git, Collection<String> roots, Collection<String> saved, String trash) {
        if (roots.isEmpty()) return new OwnCommits(Map.of());
        var input = new StringBuilder();
        for (String root : roots) input.append(root).append('\n');
        for (String commit : saved) input.append('^').append(commit).append('\n');
        GitCall list = GitCall.of(
                        "rev-list",
                        "--ignore-missing",
                        "--parents",
                        "--stdin",
                        "--not",
                        // Relative to what --branches looks at.
                        "--exclude=" + site.plan().branch(),
                        "--branches",
                        "--remotes",
                        "--tags",
                        "--glob=" + trash + "*")
                .input(input.toString());
        var parents = new LinkedHashMap<String, List<String>>();
        for (String line : git.run(list).lines()) {
            List<String> commits = List.of(line.split(" "));
            parents.put(commits.get(0), commits.subList(1, commits.size()));
        }
        return new OwnCommits(parents);
    }

    boolean contains(String commit) {
        return parents.containsKey(commit);
    }

    /** Those that the commit leads to, itself included. */
    Set<String> from(String commit) {
        var reached = new HashSet<String>();
        Deque<String> open = new ArrayDeque<>(List.of(commit));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (parents.containsKey(next) && reached.add(next)) open.addAll(parents.getOrDefault(next, List.of()));
        }
        return reached;
    }

    /** The fewest that lead to all of them but the given ones. */
    List<String> tipsWithout(Set<String> reached) {
        var rest = new LinkedHashSet<>(parents.keySet());
        rest.removeAll(reached);
        var tips = new ArrayList<>(rest);
        for (String commit : rest) tips.removeAll(parents.getOrDefault(commit, List.of()));
        return tips;
    }
}
