package io.trails.worktree.internal.jgit;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.IndexDiff;
import org.eclipse.jgit.lib.RepositoryState;
import org.eclipse.jgit.treewalk.FileTreeIterator;

/**
 * What in a tree is in no commit.
 *
 * @param own trails' own directory, with '/' at its end
 * @param withIgnored whether files that are ignored count
 */
record UncommittedWork(JGitTree tree, Optional<String> own, boolean withIgnored) {
    private static final int EXAMPLES = 3;

    /** In words; empty if there is none. */
    Optional<String> describe() throws IOException {
        RepositoryState state = tree.repository().getRepositoryState();
        if (state != RepositoryState.SAFE) return Optional.of("under way: " + state.getDescription());
        var difference = new IndexDiff(tree.repository(), Constants.HEAD, new FileTreeIterator(tree.repository()));
        difference.diff();
        Set<String> paths = new TreeSet<>();
        paths.addAll(difference.getAdded());
        paths.addAll(difference.getChanged());
        paths.addAll(difference.getRemoved());
        paths.addAll(difference.getMissing());
        paths.addAll(difference.getModified());
        paths.addAll(difference.getUntracked());
        paths.addAll(difference.getConflicting());
        // Edits of these are not looked for.
        paths.addAll(difference.getAssumeUnchanged());
        if (withIgnored) paths.addAll(difference.getIgnoredNotInIndex());
        own.ifPresent(directory -> paths.removeIf(path -> (path + "/").startsWith(directory)));
        if (paths.isEmpty()) return Optional.empty();
        String examples = String.join(", ", paths.stream().limit(EXAMPLES).toList());
        return Optional.of(paths.size() + " files: " + examples + (paths.size() > EXAMPLES ? ", ..." : ""));
    }
}
