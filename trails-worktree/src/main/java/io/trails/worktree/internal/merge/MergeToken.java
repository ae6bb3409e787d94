package io.trails.worktree.internal.merge;

import io.trails.MergeRequest;
import io.trails.Reason;
import java.util.Optional;

/** Stands for the state of both sides of a merge. */
final class MergeToken {
    private MergeToken() {}

    static String of(Target target, SessionWork work) {
        return target.ref() + ":" + target.commit() + ":" + work.head() + ":" + work.tree();
    }

    /** Whether a preview that the request insists on is out of date. */
    static Optional<Reason> stale(MergeRequest request, Target target, SessionWork work) {
        String now = of(target, work);
        if (request.expected().isEmpty() || request.expected().get().equals(now)) return Optional.empty();
        return Optional.of(Reason.of(
                "worktree.merge-stale",
                "The session or branch '" + target.name() + "' is not what it was when the preview was made",
                "Look at a new preview"));
    }
}
