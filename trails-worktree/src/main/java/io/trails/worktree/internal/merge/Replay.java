package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.GitCall;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Puts a session's commits one by one on top of a target, without a tree. As with {@code git rebase}: merges are left out, and so are
 * commits that the target has, or that have nothing left to do. Single-threaded.
 */
final class Replay {
    private final MergeStore store;
    private final CommitWriter writer;
    private final Optional<String> committer;

    Replay(MergeStore store, CommitWriter writer, Optional<String> committer) {
        this.store = store;
        this.writer = writer;
        this.committer = committer;
    }

    /**
     * How far it came.
     *
     * @param tip the last commit
     * @param stopped what could not be settled
     */
    record Outcome(String tip, Optional<Decisions> stopped) {}

    /**
     * @param known what has, besides the target, all commits that it need not be given
     * @param settle decides the conflicts of one commit
     */
    Outcome onto(
            String target,
            String known,
            String session,
            BiFunction<TreeMergeResult, Optional<String>, Settled> settle) {
        var merge = new TreeMerge(store);
        String tip = target;
        for (String commit : commits(known, session)) {
            Optional<String> parent = store.commit(commit + "^");
            if (parent.filter(tip::equals).isPresent()) {
                tip = commit;
                continue;
            }
            Settled settled = settle.apply(merge.pick(tip, commit), parent);
            if (settled.tree().isEmpty()) return new Outcome(tip, Optional.of(settled.decisions()));
            String tree = settled.tree().get();
            if (tree.equals(store.tree(tip)) && !parent.map(store::tree).equals(Optional.of(store.tree(commit))))
                continue;
            tip = writer.rewrite(commit, tree, tip, committer);
        }
        return new Outcome(tip, Optional.empty());
    }

    /**
     * What became of the conflicts of one merge.
     *
     * @param tree with all decisions; empty if something is open or cannot be taken
     */
    record Settled(Optional<String> tree, Decisions decisions) {}

    boolean leavesOutMerges(String known, String session) {
        return !store.run(GitCall.of("rev-list", "--min-parents=2", "--max-count=1", session, "^" + known))
                .lines()
                .isEmpty();
    }

    private List<String> commits(String known, String session) {
        return store.run(GitCall.of(
                        "rev-list",
                        "--reverse",
                        "--topo-order",
                        "--no-merges",
                        "--right-only",
                        "--cherry-pick",
                        known + "..." + session))
                .lines();
    }
}
