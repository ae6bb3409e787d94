package io.trails.worktree.internal.populate;

import io.trails.spi.WorkspaceSettings;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import java.time.Duration;

/** git's own way to write files: in parallel, with filters, encodings, sparse patterns and missing objects its job. */
record Checkout(Git tree, WorkspaceSettings settings) {
    /** Large files may have to come over a network. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /**
     * Adds to the index, and writes, what the index does not have of the commit. It refuses to overwrite a file that is not in
     * the index.
     */
    void run(String commit) {
        tree.run(call("read-tree", "-m", "-u", commit));
    }

    /** A call that writes files, with no hook and no tree but this one. */
    GitCall call(String... arguments) {
        GitCall call = GitCall.of(arguments)
                .config("core.hooksPath", "/dev/null")
                .config("checkout.workers", Integer.toString(workers()))
                .timeout(LIMIT)
                .locking();
        return settings.largeFiles() ? call : call.with("GIT_LFS_SKIP_SMUDGE", "1");
    }

    static int workers() {
        return Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));
    }
}
