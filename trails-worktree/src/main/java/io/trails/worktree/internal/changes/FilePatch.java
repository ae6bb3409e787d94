package io.trails.worktree.internal.changes;

import io.trails.FileDiff;
import io.trails.LineCount;
import java.util.List;
import java.util.Optional;

/**
 * What a patch says of one file. Immutable.
 *
 * @param added lines, also those that were left out
 * @param deleted lines, also those that were left out
 */
record FilePatch(boolean binary, List<FileDiff.Hunk> hunks, boolean cut, long added, long deleted) {
    FilePatch {
        hunks = List.copyOf(hunks);
    }

    /** Empty if it has no lines. */
    Optional<LineCount> lines() {
        return binary ? Optional.empty() : Optional.of(new LineCount(added, deleted));
    }
}
