package io.trails.worktree.internal.merge;

import io.trails.Changes;
import io.trails.MergePreview;
import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.worktree.internal.changes.TreeDifference;
import io.trails.worktree.internal.snapshot.ScratchObjects;
import io.trails.worktree.internal.snapshot.Snapshots;
import io.trails.worktree.internal.tree.SessionTree;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One preview. To look at all files of the session takes about as long as to merge; so it is done while the session's commit is
 * merged, which is what has to be merged if nothing else turns up. Single-threaded but for that.
 */
final class Previewing {
    private final SessionTree tree;
    private final MergeRequest request;
    private final Target target;
    private final MergeStore store;
    private final MergeScratch scratch;
    private final ScratchObjects objects;

    Previewing(SessionTree tree, MergeRequest request, Target target, MergeScratch scratch, ScratchObjects objects) {
        this.tree = tree;
        this.request = request;
        this.target = target;
        this.scratch = scratch;
        this.objects = objects;
        store = new MergeStore(tree.git(), objects::on);
    }

    /** What is where, and in the way. */
    private record Look(SessionWork work, Optional<Reason> obstacle, TargetPlace place, Optional<Reason> busy) {}

    /** How the merge of a commit would go, or what is wrong with it. */
    private record Guess(String commit, Supplier<Prepared> outcome) {}

    MergePreview preview() {
        try (Aside<Look> aside = Aside.start("trails-preview-look", this::look)) {
            Optional<Guess> guess = store.commit("HEAD").map(this::guess);
            Look look = aside.await();
            String session = look.work().commit(store);
            Prepared prepared = guess.filter(made -> made.commit().equals(session))
                    .map(made -> made.outcome().get())
                    .orElseGet(() -> prepare(session));
            return finish(prepared, look);
        }
    }

    private Look look() {
        SessionWork work = SessionWork.look(tree.git(), new Snapshots(tree).in(objects))
                .orElseThrow(() -> new TrailsException(
                        "worktree.session-empty",
                        "Nothing has been committed in " + tree.root() + " that could be merged; commit first"));
        Optional<Reason> obstacle = MergeToken.stale(request, target, work).or(() -> SessionObstacles.find(tree, work));
        TargetPlace place = TargetPlace.find(tree, target);
        return new Look(work, obstacle, place, place.busy());
    }

    private Guess guess(String head) {
        try {
            Prepared prepared = prepare(head);
            return new Guess(head, () -> prepared);
        } catch (TrailsException | IllegalArgumentException wrong) {
            return new Guess(head, () -> {
                throw wrong;
            });
        }
    }

    private Prepared prepare(String session) {
        var writer = new CommitWriter(store, false, Duration.ofMinutes(1));
        return new Preparation(request, Optional.empty(), store, scratch, writer, Landings.read(tree))
                .prepare(target, session, Optional.empty());
    }

    private MergePreview finish(Prepared prepared, Look look) {
        Optional<Reason> obstacle = look.obstacle();
        if (obstacle.isPresent() || prepared.outcome() != Outcome.CLEAN)
            return preview(obstacle.map(prepared::blocked).orElse(prepared), look, TreeDifference.none());
        if (look.busy().isPresent()) return preview(prepared.blocked(look.busy().get()), look, TreeDifference.none());
        String result = prepared.result().orElseThrow();
        try (Aside<Optional<Reason>> dirty =
                Aside.start("trails-preview-target", () -> look.place().dirty(store, result))) {
            Changes changes = TreeDifference.between(tree, store::run, target.commit(), result);
            Optional<Reason> inTheWay = dirty.await();
            return inTheWay.isPresent()
                    ? preview(prepared.blocked(inTheWay.get()), look, TreeDifference.none())
                    : preview(prepared, look, changes);
        }
    }

    private MergePreview preview(Prepared prepared, Look look, Changes changes) {
        return prepared.with(SessionObstacles.notes(tree, look.work())).preview(target, look.work(), changes);
    }
}
