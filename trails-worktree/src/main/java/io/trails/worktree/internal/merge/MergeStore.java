package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * git, and where it puts what a merge makes: the repository, or somewhere that is thrown away. Immutable.
 *
 * @param objects adds to a call where objects are written
 */
record MergeStore(Git git, UnaryOperator<GitCall> objects) {
    static MergeStore repository(Git git) {
        return new MergeStore(git, UnaryOperator.identity());
    }

    GitResult run(GitCall call) {
        return git.run(objects.apply(call));
    }

    String text(String... arguments) {
        return run(GitCall.of(arguments)).text();
    }

    /** The commit that a revision leads to, if there is one. */
    Optional<String> commit(String revision) {
        GitResult found = run(GitCall.of("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
                .accepting(0, 1, 128));
        return found.ok() ? Optional.of(found.text()) : Optional.empty();
    }

    String tree(String commit) {
        return text("rev-parse", "--verify", commit + "^{tree}");
    }
}
