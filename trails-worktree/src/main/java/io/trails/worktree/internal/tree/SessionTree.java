package io.trails.worktree.internal.tree;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.repo.Repository;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The tree that a session works in, as all parts of a workspace see it. Immutable.
 *
 * @param git at the root of the tree, on its repository whatever became of the link there
 * @param repository as seen from the tree
 * @param root of the tree
 * @param prefix from the root to the session's directory, with '/' at its end, or empty
 * @param sessionId the session's id
 * @param refs the session's refs
 * @param base the commit it started from
 * @param branch the branch made for it; empty where it works in place
 * @param baseBranch the branch it started from, short, such as {@code main}; empty if there was none
 * @param ignored what in the tree is trails' own and nobody's work, relative to the root, with '/' at its end; empty if there
 *     is nothing
 */
public record SessionTree(
        Git git,
        Repository repository,
        Path root,
        String prefix,
        String sessionId,
        SessionRefs refs,
        String base,
        Optional<String> branch,
        Optional<String> baseBranch,
        Optional<String> ignored,
        Clock clock) {}
