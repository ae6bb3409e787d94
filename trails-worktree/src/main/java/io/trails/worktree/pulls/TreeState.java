package io.trails.worktree.pulls;

import io.trails.Reason;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.repo.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of the tree matters to who publishes its branch. Immutable.
 *
 * @param hooksInTree whether there is a {@code pre-push} hook that who works in the tree can change
 * @param branch that is checked out, short
 * @param dirty whether there is work that is not committed
 */
record TreeState(boolean hooksInTree, Optional<String> branch, boolean dirty) {
    static TreeState of(Git git, Repository repository) {
        if (repository.topLevel().isEmpty()) return new TreeState(false, Optional.empty(), false);
        GitResult head =
                git.run(GitCall.of("symbolic-ref", "--quiet", "--short", "HEAD").accepting(0, 1, 128));
        boolean dirty = git.run("status", "--porcelain", "-z").bytes().length > 0;
        return new TreeState(
                isHookInTree(git, repository), head.ok() ? Optional.of(head.text()) : Optional.empty(), dirty);
    }

    private static boolean isHookInTree(Git git, Repository repository) {
        Path hook = git.directory().resolve(git.text("rev-parse", "--git-path", "hooks/pre-push"));
        Path top = real(git.directory());
        Path directory = real(hook.getParent() == null ? hook : hook.getParent());
        return Files.exists(hook)
                && (directory.startsWith(top) || real(hook).startsWith(top))
                && !directory.startsWith(real(repository.commonDirectory()));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.toAbsolutePath().normalize();
        }
    }

    List<Reason> notes(String published, boolean hooks) {
        var notes = new ArrayList<Reason>();
        if (branch.isPresent() && !branch.get().equals(published)) {
            notes.add(new Reason(
                    "worktree.pull-other-branch",
                    "The tree is on the branch '" + branch.get() + "' now, whose commits are not published",
                    "Merge it into '" + published + "', or publish it under its own name"));
        } else if (dirty) {
            notes.add(new Reason(
                    "worktree.pull-uncommitted",
                    "There is work in the tree that is not committed, and so not published",
                    "Commit it and publish again"));
        }
        if (!hooks) {
            notes.add(new Reason(
                    "worktree.pull-hook-skipped",
                    "The pre-push hook lies in the tree, where the agent can change it, and was not run",
                    "Allow it in the specification if it is trusted"));
        }
        return notes;
    }
}
