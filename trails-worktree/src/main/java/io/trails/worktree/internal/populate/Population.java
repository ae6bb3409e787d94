package io.trails.worktree.internal.populate;

import io.trails.Reason;
import io.trails.spi.WorkspaceSettings;
import io.trails.worktree.internal.git.Git;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Fills a registered tree, whose HEAD is set, with the files of a commit and a right index. No hook runs. */
public final class Population {
    private Population() {}

    /**
     * Fills the tree. Called again after a crash it finishes; what lies in the way and is not the commit's is moved aside into
     * the tree's git directory and never deleted.
     *
     * @param tree git at the root of the new tree, which nobody works in yet
     * @param source the root of a tree whose files may be copied
     * @param commit its full id
     * @return what could not be brought along, such as submodules that need a network
     * @throws io.trails.worktree.internal.git.GitFailedException if git fails, among others with a required filter
     */
    public static List<Reason> populate(Git tree, Optional<Path> source, String commit, WorkspaceSettings settings) {
        new Checkout(tree, settings).run(commit);
        return List.of();
    }
}
