package io.trails.worktree.internal.merge;

import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.tree.SessionTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Commits what a session's tree has that is not committed, as {@code git add -A} and {@code git commit} do, with the user's hooks and
 * signature. It works on a copy of the index, so that a commit that fails leaves staged what was staged.
 */
final class WorkCommit {
    private static final String GITLINK = "160000";

    private final SessionTree tree;
    private final Hooks hooks;
    private final Duration limit;

    WorkCommit(SessionTree tree, Hooks hooks, Duration limit) {
        this.tree = tree;
        this.hooks = hooks;
        this.limit = limit;
    }

    /**
     * @param staged the tree of what is in the index
     * @return why it must not be committed
     * @throws TrailsException {@code worktree.commit-failed}
     */
    Optional<Reason> commit(String message, String staged, Optional<Boolean> signed) {
        Git git = tree.git();
        try (IndexCopy index = IndexCopy.of(git, staged)) {
            git.run(index.on(everything(git)).locking().timeout(limit));
            List<RepoPath> nested = nested(git, index);
            if (!nested.isEmpty()) return Optional.of(SessionObstacles.nestedRepository(nested));
            GitCall commit = GitCall.of("commit", "-q", "-F", "-", "--cleanup=whitespace");
            if (signed.isPresent()) commit = commit.and(signed.get() ? "--gpg-sign" : "--no-gpg-sign");
            git.run(hooks.on(index.on(commit)).input(message).locking().timeout(limit));
            index.install();
            return Optional.empty();
        } catch (GitFailedException e) {
            throw new TrailsException(
                    "worktree.commit-failed",
                    "The work of session '" + tree.sessionId() + "' could not be committed in " + tree.root()
                            + "; it is as it was. Do what git or its hook asks for, or merge withoutHooks() or signed(false): "
                            + e.getMessage(),
                    e);
        }
    }

    /** What a sparse checkout would leave out but is there is work as well; older versions of git take it unasked. */
    private static GitCall everything(Git git) {
        GitCall add = GitCall.of("add", "-A");
        return git.version().isAtLeast(2, 34) ? add.and("--sparse") : add;
    }

    /** Repositories in the tree that are no submodules: their content would not be in the commit. */
    private static List<RepoPath> nested(Git git, IndexCopy index) {
        List<RepoPath> changes = git.run(
                        index.on(GitCall.of("diff-index", "--cached", "-z", "--raw", "--diff-filter=A", "HEAD")))
                .fields();
        var links = new ArrayList<RepoPath>();
        for (int i = 0; i + 1 < changes.size(); i += 2)
            if (changes.get(i).latin().split(" ", -1)[1].equals(GITLINK)) links.add(changes.get(i + 1));
        if (!links.isEmpty()) links.removeAll(submodules(git, index));
        return links;
    }

    private static List<RepoPath> submodules(Git git, IndexCopy index) {
        GitCall paths = GitCall.of("config", "-z", "--blob", ":.gitmodules", "--get-regexp", "^submodule\\..*\\.path$");
        var submodules = new ArrayList<RepoPath>();
        for (RepoPath entry : git.run(index.on(paths).accepting(0, 1, 128)).fields()) {
            int end = entry.latin().indexOf('\n');
            if (end >= 0) submodules.add(entry.from(end + 1));
        }
        return submodules;
    }
}
