package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.GitCall;
import java.util.Optional;

/** Commits that no branch ever gets: git merges commits only. */
final class StandIn {
    private static final String NAME = "trails";
    private static final String ADDRESS = "trails@localhost";

    private StandIn() {}

    static String commit(MergeStore store, String tree, Optional<String> parent) {
        GitCall write = GitCall.of("commit-tree", tree);
        if (parent.isPresent()) write = write.and("-p", parent.get());
        return store.run(write.with("GIT_AUTHOR_NAME", NAME)
                        .with("GIT_AUTHOR_EMAIL", ADDRESS)
                        .with("GIT_COMMITTER_NAME", NAME)
                        .with("GIT_COMMITTER_EMAIL", ADDRESS)
                        .input("What a merge is prepared with\n"))
                .text();
    }
}
