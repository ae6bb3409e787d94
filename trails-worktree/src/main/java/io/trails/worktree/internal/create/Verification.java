package io.trails.worktree.internal.create;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks git which tree it would work on, before anything is written there: settings can lead it to another. */
final class Verification {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private Verification() {}

    /** Whether git, started in the tree, works on this tree with this administration. */
    static boolean isOwnTree(Git tree, WorktreePlan plan) {
        return answer(tree).text().equals(expected(plan));
    }

    /**
     * Insists on that.
     *
     * @return the id of the tree of the plan's commit, which git says by the way; empty if it does not know it
     */
    static Optional<String> requireOwnTree(Git tree, WorktreePlan plan) {
        GitResult answer = answer(tree, plan.base() + "^{tree}");
        String said = answer.text();
        String place = expected(plan) + "\n";
        if (said.startsWith(place)) {
            return Optional.of(said.substring(place.length()))
                    .filter(id -> ID.matcher(id).matches());
        }
        throw new TrailsException(
                "worktree.not-its-own",
                "git, started in the new tree " + plan.root() + ", would work on another one ("
                        + said.replace('\n', ' ') + answer.errors()
                        + "); look for core.worktree in the repository's configuration: with worktreeConfig it belongs into"
                        + " config.worktree");
    }

    private static GitResult answer(Git tree, String... more) {
        return tree.run(
                GitCall.of("rev-parse", "--path-format=absolute", "--show-toplevel", "--git-dir", "--git-common-dir")
                        .and(more)
                        .accepting(0, 128));
    }

    private static String expected(WorktreePlan plan) {
        String lines = plan.root() + "\n" + plan.gitDirectory() + "\n" + plan.commonDirectory();
        return lines.replace('\\', '/').strip();
    }
}
