package io.trails;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a merge would do, as of when it was asked. Nothing was written for it. Immutable.
 *
 * @param target the branch that would move
 * @param targetCommit where it is
 * @param sessionCommit the session's last commit; work that is not committed counts as if it were
 * @param start the nearest common ancestor, or the session's commit that was squashed or rebased into the target last; empty if the histories have none
 * @param outcome what would happen
 * @param conflicts what would have to be decided; those for which the request has a resolution are not in it
 * @param changes what the target would get, if there are no conflicts
 * @param reasons why it would be blocked, and what is worth knowing
 * @param token stands for the state of both sides; {@link MergeRequest.Builder#expecting} refuses to merge anything else
 */
public record MergePreview(
        String target,
        String targetCommit,
        String sessionCommit,
        Optional<String> start,
        Outcome outcome,
        List<Conflict> conflicts,
        Changes changes,
        List<Reason> reasons,
        String token) {
    /** Copies the lists. */
    public MergePreview {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(targetCommit, "targetCommit");
        Objects.requireNonNull(sessionCommit, "sessionCommit");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(conflicts, "conflicts");
        Objects.requireNonNull(changes, "changes");
        Objects.requireNonNull(reasons, "reasons");
        Objects.requireNonNull(token, "token");
        conflicts = List.copyOf(conflicts);
        reasons = List.copyOf(reasons);
    }

    /** What would happen. */
    public enum Outcome {
        /** The target would get the work. */
        CLEAN,
        /** The target has all of it already. */
        UP_TO_DATE,
        /** There are conflicts to decide. */
        CONFLICTED,
        /** It cannot be merged now; the reasons say why. */
        BLOCKED
    }
}
