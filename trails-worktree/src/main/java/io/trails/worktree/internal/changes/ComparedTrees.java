package io.trails.worktree.internal.changes;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Two small trees that hold only the paths that can differ, so that one comparison of git's tells everything. Not thread-safe.
 *
 * @param store where they are
 * @param unread files whose content could not be had; in neither tree
 */
record ComparedTrees(TreeCalls calls, ScratchStore store, String before, String after, List<RepoPath> unread)
        implements AutoCloseable {
    static ComparedTrees build(TreeCalls calls, Candidates candidates) {
        ScratchStore store = ScratchStore.open(calls);
        try {
            var after = new ScratchIndex(calls, store, "after");
            after.put(candidates.now());
            List<RepoPath> unread = after.read(candidates.toRead());
            after.drop(unread);
            TreeMap<RepoPath, Entry> then = candidates.then();
            then.keySet().removeAll(unread);
            var before = new ScratchIndex(calls, store, "before");
            before.put(then);
            return new ComparedTrees(calls, store, before.writeTree(), after.writeTree(), unread);
        } catch (RuntimeException | Error failed) {
            store.close();
            throw failed;
        }
    }

    /** A comparison with renames, and with no program of anybody's run for it. */
    GitCall diff(String... options) {
        var arguments = new ArrayList<>(List.of(
                "diff-tree",
                "-r",
                "-M",
                "-l1000",
                "--no-ext-diff",
                "--no-textconv",
                "--no-color",
                "--ignore-submodules=none",
                "--submodule=short",
                "--src-prefix=a/",
                "--dst-prefix=b/"));
        arguments.addAll(List.of(options));
        arguments.add(before);
        arguments.add(after);
        return store.on(calls.streaming(arguments.toArray(String[]::new)))
                .config("diff.suppressBlankEmpty", "false")
                .config("diff.relative", "false");
    }

    @Override
    public void close() {
        store.close();
    }
}
