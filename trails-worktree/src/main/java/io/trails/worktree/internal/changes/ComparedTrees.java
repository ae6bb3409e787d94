package io.trails.worktree.internal.changes;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A small tree and a small index that hold only the paths that can differ, so that one comparison of git's tells everything.
 * Not thread-safe.
 *
 * @param store where they are
 * @param before the tree; what is now is in the index
 * @param unread files whose content could not be had; in neither
 */
record ComparedTrees(TreeCalls calls, ScratchStore store, String before, List<RepoPath> unread)
        implements AutoCloseable {
    private static final String AFTER = "after";

    static ComparedTrees build(TreeCalls calls, Candidates candidates) {
        ScratchStore store = ScratchStore.open(calls);
        try {
            var after = new ScratchIndex(calls, store, AFTER);
            after.put(candidates.now());
            List<RepoPath> unread = after.read(candidates.toRead());
            after.drop(unread);
            TreeMap<RepoPath, Entry> then = candidates.then();
            then.keySet().removeAll(unread);
            var before = new TreePack(then, calls.tree().repository().objectFormat());
            calls.tree().git().run(store.on(calls.of("index-pack", "--stdin")).input(before.bytes()));
            return new ComparedTrees(calls, store, before.root(), unread);
        } catch (RuntimeException | Error failed) {
            store.close();
            throw failed;
        }
    }

    /** A comparison with renames, and with no program of anybody's run for it. */
    GitCall diff(String... options) {
        var arguments = new ArrayList<>(List.of(
                "diff-index",
                "--cached",
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
        return store.on(calls.streaming(arguments.toArray(String[]::new)), AFTER)
                .config("diff.suppressBlankEmpty", "false")
                .config("diff.relative", "false");
    }

    @Override
    public void close() {
        store.close();
    }
}
