package io.trails.dagger.internal.files;

import io.trails.Change;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of changes on their way into a workspace. Immutable.
 *
 * @param changes what the workspace got, ordered by path
 * @param conflicts what a user changed meanwhile: the host's file is untouched, the session's version pending
 * @param refusals what was not applied for another reason and is pending as well, such as a full disk, and what an arrival
 *     refused, which is not
 * @param stamps of what the session and the host have in common now
 * @param gone what neither has any more
 */
public record Applied(
        List<Change> changes,
        List<Skipped> conflicts,
        List<Skipped> refusals,
        Map<String, FileStamp> stamps,
        Set<String> gone) {
    public Applied {
        changes = List.copyOf(changes);
        conflicts = List.copyOf(conflicts);
        refusals = List.copyOf(refusals);
        stamps = Map.copyOf(stamps);
        gone = Set.copyOf(gone);
    }

    public boolean isComplete() {
        return conflicts.isEmpty() && refusals.isEmpty();
    }
}
