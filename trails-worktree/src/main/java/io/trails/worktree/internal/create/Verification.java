package io.trails.worktree.internal.create;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.tree.WorktreePlan;

/** Asks git which tree it would work on, before anything is written there: settings can lead it to another. */
final class Verification {
    private Verification() {}

    /** Whether git, started in the tree, works on this tree with this administration. */
    static boolean isOwnTree(Git tree, WorktreePlan plan) {
        return answer(tree).text().equals(expected(plan));
    }

    static void requireOwnTree(Git tree, WorktreePlan plan) {
        GitResult answer = answer(tree);
        if (answer.text().equals(expected(plan))) return;
        throw new TrailsException(
                "worktree.not-its-own",
                "git, started in the new tree " + plan.root() + ", would work on another one ("
                        + answer.text().replace('\n', ' ') + answer.errors()
                        + "); look for core.worktree in the repository's configuration: with worktreeConfig it belongs into"
                        + " config.worktree");
    }

    private static GitResult answer(Git tree) {
        return tree.in(tree.directory())
                .run(GitCall.of(
                                "rev-parse",
                                "--path-format=absolute",
                                "--show-toplevel",
                                "--git-dir",
                                "--git-common-dir")
                        .accepting(0, 128));
    }

    private static String expected(WorktreePlan plan) {
        String lines = plan.root() + "\n" + plan.gitDirectory() + "\n" + plan.commonDirectory();
        return lines.replace('\\', '/').strip();
    }
}
