package io.trails.worktree.internal.merge;

import io.trails.Changes;
import io.trails.MergePreview;
import io.trails.MergePreview.Outcome;
import io.trails.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a merge comes to before anything is moved. Immutable.
 *
 * @param outcome what would happen
 * @param start the nearest common ancestor
 * @param decisions about its conflicts
 * @param result the merged tree, or for the strategies that make no commit of it, the commit that the target would move to; empty
 *     unless it is clean
 * @param reasons why it is blocked, and what is worth knowing
 */
record Prepared(
        Outcome outcome, Optional<String> start, Decisions decisions, Optional<String> result, List<Reason> reasons) {
    Prepared {
        reasons = List.copyOf(reasons);
    }

    Prepared blocked(Reason reason) {
        var all = new ArrayList<>(List.of(reason));
        all.addAll(reasons);
        return new Prepared(Outcome.BLOCKED, start, decisions, Optional.empty(), all);
    }

    Prepared with(List<Reason> notes) {
        var all = new ArrayList<>(reasons);
        all.addAll(notes);
        return new Prepared(outcome, start, decisions, result, all);
    }

    MergePreview preview(Target target, SessionWork work, Changes changes) {
        return new MergePreview(
                target.name(),
                target.commit(),
                work.head(),
                start,
                outcome,
                outcome == Outcome.CONFLICTED
                        ? decisions.open().stream().map(OpenConflict::conflict).toList()
                        : List.of(),
                changes,
                reasons,
                MergeToken.of(target, work));
    }
}
