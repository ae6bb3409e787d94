package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.GitCall;
import java.util.List;
import java.util.Optional;

/** Commits that no branch ever gets: git merges commits only. */
final class StandIn {
    private static final String NAME = "trails";
    private static final String ADDRESS = "trails@localhost";

    private StandIn() {}

    static String commit(MergeStore store, String tree, Optional<String> parent) {
        return commit(store, tree, parent.stream().toList());
    }

    /** A target as if it had the session's commits whose work it has: what it is merged with then brings only the rest. */
    static String commit(MergeStore store, String target, Landing landing) {
        return commit(store, store.tree(target), List.of(target, landing.work()));
    }

    private static String commit(MergeStore store, String tree, List<String> parents) {
        GitCall write = GitCall.of("commit-tree", tree);
        for (String parent : parents) write = write.and("-p", parent);
        return store.run(write.with("GIT_AUTHOR_NAME", NAME)
                        .with("GIT_AUTHOR_EMAIL", ADDRESS)
                        .with("GIT_COMMITTER_NAME", NAME)
                        .with("GIT_COMMITTER_EMAIL", ADDRESS)
                        .input("What a merge is prepared with\n"))
                .text();
    }
}
