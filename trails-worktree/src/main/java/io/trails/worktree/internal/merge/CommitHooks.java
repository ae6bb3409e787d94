package io.trails.worktree.internal.merge;

import io.trails.Reason;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import io.trails.worktree.internal.tree.SessionTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs the hooks of a commit that is made without a tree: {@code pre-merge-commit} or {@code pre-commit}, then
 * {@code prepare-commit-msg} and {@code commit-msg}. They run in a private tree, in which HEAD is the target and the index holds the
 * result; its files are there if a hook of the first kind exists, since only those look at them. Single-threaded.
 */
final class CommitHooks {
    private final SessionTree tree;
    private final Hooks hooks;
    private final MergeScratch scratch;
    private final Duration limit;

    CommitHooks(SessionTree tree, Hooks hooks, MergeScratch scratch, Duration limit) {
        this.tree = tree;
        this.hooks = hooks;
        this.scratch = scratch;
        this.limit = limit;
    }

    /**
     * What is to be committed after the hooks have seen it.
     *
     * @param refusal of a hook
     */
    record Outcome(String tree, String message, Optional<Reason> refusal) {}

    Outcome merge(String target, String merged, String message) {
        return run("pre-merge-commit", "merge", target, merged, message);
    }

    Outcome squash(String target, String merged, String message) {
        return run("pre-commit", "message", target, merged, message);
    }

    private Outcome run(String first, String source, String target, String merged, String message) {
        boolean checks = hooks.has(tree.git(), first);
        boolean writes = hooks.has(tree.git(), "prepare-commit-msg") || hooks.has(tree.git(), "commit-msg");
        if (!checks && !writes) return new Outcome(merged, message, Optional.empty());
        if (!tree.git().version().isAtLeast(2, 36)) {
            return new Outcome(
                    merged,
                    message,
                    Optional.of(Reason.of(
                            "worktree.hooks-unsupported",
                            "The repository has hooks for this commit, and git "
                                    + tree.git().version() + " cannot run them by themselves",
                            "Use git 2.36 or newer, or merge with withoutHooks()")));
        }
        try {
            return run(checks ? List.of(first) : List.of(), source, target, merged, message);
        } catch (GitFailedException refused) {
            return new Outcome(
                    merged,
                    message,
                    Optional.of(Reason.of(
                            "worktree.hook-refused",
                            "A hook did not let the merge pass: " + refused.getMessage(),
                            "Do what the hook asks for, or merge with withoutHooks()")));
        }
    }

    private Outcome run(List<String> checks, String source, String target, String merged, String message) {
        Path directory = scratch.folder("hooks");
        scratch.write("hooks/HEAD", target + "\n");
        scratch.write("hooks/commondir", tree.repository().commonDirectory() + "\n");
        Path files = scratch.folder("tree");
        Git git = tree.git().in(files);
        git.run(in(directory, files, GitCall.of("read-tree", merged)));
        for (String check : checks) {
            git.run(in(directory, files, GitCall.of("checkout-index", "-a", "-q", "-u"))
                    .with("GIT_LFS_SKIP_SMUDGE", "1")
                    .timeout(limit));
            git.run(hook(directory, files, check));
        }
        Path text = scratch.write("hooks/COMMIT_EDITMSG", message.endsWith("\n") ? message : message + "\n");
        git.run(hook(directory, files, "prepare-commit-msg", text.toString(), source));
        git.run(hook(directory, files, "commit-msg", text.toString()));
        String result = git.run(in(directory, files, GitCall.of("write-tree"))).text();
        String said =
                git.run(GitCall.of("stripspace").input(scratch.read(text))).text();
        return new Outcome(result, said, Optional.empty());
    }

    private GitCall hook(Path directory, Path files, String name, String... arguments) {
        GitCall call = GitCall.of("hook", "run", "--ignore-missing", name, "--").and(arguments);
        return hooks.on(in(directory, files, call)).locking().timeout(limit);
    }

    private static GitCall in(Path directory, Path files, GitCall call) {
        return call.with("GIT_DIR", directory.toString())
                .with("GIT_WORK_TREE", files.toString())
                .with("GIT_INDEX_FILE", directory.resolve("index").toString());
    }
}
