package io.trails.worktree.internal.merge;

import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.worktree.internal.snapshot.ScratchObjects;
import io.trails.worktree.internal.snapshot.Snapshots;
import io.trails.worktree.internal.tree.SessionTree;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Merges the work of one session into a branch. Thread-safe.
 *
 * <p>Nothing is merged in a working tree. The result is made as objects; then the target moves to it in one step, if it still is
 * where it was. So a merge that ends early, for whatever reason, has moved nothing and lost nothing.
 *
 * <p>Conflicts are those of git, with the user's configuration as far as git heeds it: {@code merge.renames}, {@code
 * merge.directoryRenames}, and the programs that it names as merge drivers, which are run. Attributes are those of the session's
 * tree.
 *
 * <p>Hooks: for work that is not committed, all that {@code git commit} runs; for a merge commit {@code pre-merge-commit}, for a
 * squash {@code pre-commit}, for both {@code prepare-commit-msg} and {@code commit-msg}; where the target is checked out,
 * {@code post-merge}. A rebase runs none of its own.
 */
public final class Merger {
    private static final Duration USUAL_LIMIT = Duration.ofMinutes(30);
    private static final int ATTEMPTS = 20;

    private final SessionTree tree;
    private final Duration limit;

    public Merger(SessionTree tree) {
        this(tree, USUAL_LIMIT);
    }

    /** @param limit for each hook, and for programs that sign */
    Merger(SessionTree tree, Duration limit) {
        this.tree = tree;
        this.limit = limit;
    }

    /**
     * What {@link #merge} would do. Writes nothing. A resolver is not asked, and hooks are not run, so they may change the outcome.
     *
     * @throws TrailsException {@code worktree.target-unknown}
     * @throws IllegalArgumentException if a resolution fits no conflict, or the target is the session's own branch
     */
    public MergePreview preview(MergeRequest request) {
        Target target = Target.find(tree, request);
        try (MergeScratch scratch = MergeScratch.open();
                ScratchObjects objects = ScratchObjects.of(tree.repository())) {
            return new Previewing(tree, request, target, scratch, objects).preview();
        }
    }

    /**
     * Merges. Unless it is {@link MergeResult.Merged}, the target is as it was. Work that was not committed is committed once it is
     * known that nothing but a hook can be in the way, and then stays committed. The session's branch gets nothing else: it stays
     * on its own commits, also after a rebase.
     *
     * @throws TrailsException {@code worktree.target-unknown}; {@code worktree.commit-failed}; {@code worktree.identity-missing}
     * @throws IllegalArgumentException if a resolution fits no conflict, or the target is the session's own branch
     */
    public MergeResult merge(MergeRequest request) {
        InterruptedCommits.finish(tree);
        boolean repeatable = request.resolutions().isEmpty()
                && request.resolver().isEmpty()
                && request.expected().isEmpty();
        MergeResult result = once(request);
        for (int attempt = 1; repeatable && attempt < ATTEMPTS && hasMoved(result); attempt++) result = once(request);
        return result;
    }

    private static boolean hasMoved(MergeResult result) {
        return result instanceof MergeResult.Blocked blocked
                && blocked.reasons().get(0).code().equals("worktree.target-moved");
    }

    private MergeResult once(MergeRequest request) {
        Target target = Target.find(tree, request);
        try (MergeScratch scratch = MergeScratch.open()) {
            MergeStore store = MergeStore.repository(tree.git());
            Optional<SessionWork> work = SessionWork.look(tree.git(), new Snapshots(tree));
            if (work.isEmpty()) return blocked(SessionObstacles.empty(tree));
            Optional<Reason> obstacle =
                    MergeToken.stale(request, target, work.get()).or(() -> SessionObstacles.find(tree, work.get()));
            if (obstacle.isPresent()) return blocked(obstacle.get());
            return new Merging(tree, request, limit, store, scratch).merge(target, work.get());
        }
    }

    private static MergeResult blocked(Reason reason) {
        return new MergeResult.Blocked(List.of(reason));
    }
}
