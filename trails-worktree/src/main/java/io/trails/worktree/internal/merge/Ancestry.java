package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.GitCall;
import java.util.List;
import java.util.Optional;

/** How two commits are related. Immutable. */
record Ancestry(List<String> bases) {
    Ancestry {
        bases = List.copyOf(bases);
    }

    static Ancestry of(MergeStore store, String one, String other) {
        return new Ancestry(
                store.run(GitCall.of("merge-base", "--all", one, other).accepting(0, 1))
                        .lines());
    }

    boolean contains(String commit) {
        return bases.contains(commit);
    }

    Optional<String> nearest() {
        return bases.stream().findFirst();
    }
}
