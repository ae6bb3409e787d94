package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.git.GitResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * git with its directories named, so that neither a tree without its link nor a setting of the repository leads it elsewhere.
 * No hook runs, and what is written holds after a power cut. Immutable.
 */
record TreeGit(GitProgram program, Path gitDirectory, Optional<Path> tree) {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    GitResult run(GitCall call) {
        GitCall here = call.config("core.hooksPath", "/dev/null")
                .config("core.fsync", "objects,reference")
                .config("core.fsyncMethod", "batch")
                .config("core.fsyncObjectFiles", "true")
                .with("GIT_DIR", gitDirectory.toString())
                .timeout(LIMIT);
        if (tree.isEmpty()) return new Git(program, gitDirectory).run(here);
        return new Git(program, tree.get())
                .run(here.with("GIT_WORK_TREE", tree.get().toString()));
    }

    GitResult run(String... arguments) {
        return run(GitCall.of(arguments));
    }

    String text(String... arguments) {
        return run(arguments).text();
    }

    /** What a revision leads to, if it leads somewhere. */
    Optional<String> find(String revision) {
        GitResult found = run(GitCall.of("rev-parse", "--verify", "--quiet", "--end-of-options", revision)
                .accepting(0, 1, 128));
        return found.ok() ? Optional.of(found.text()) : Optional.empty();
    }
}
