package io.trails;

import java.util.List;
import java.util.Objects;

/**
 * How a merge ended. Only {@link Merged} changed the target. Immutable.
 *
 * <p>Where work goes into a directory as files, and not into a history, the target is that directory, and commits are empty.
 */
public sealed interface MergeResult {
    /**
     * The target has the work.
     *
     * @param target the branch that moved
     * @param commit where it is now
     * @param previous where it was
     * @param notes worth knowing, such as where it is checked out
     */
    record Merged(String target, String commit, String previous, List<Reason> notes) implements MergeResult {
        /** Copies the list. */
        public Merged {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(commit, "commit");
            Objects.requireNonNull(previous, "previous");
            Objects.requireNonNull(notes, "notes");
            notes = List.copyOf(notes);
        }
    }

    /**
     * The target had all of the work already.
     *
     * @param target the branch
     * @param commit where it is
     */
    record UpToDate(String target, String commit) implements MergeResult {
        /** Checks the components. */
        public UpToDate {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(commit, "commit");
        }
    }

    /**
     * There are conflicts that nobody decided.
     *
     * @param preview with the conflicts; give it to {@link MergeRequest.Builder#expecting} together with resolutions
     */
    record Conflicted(MergePreview preview) implements MergeResult {
        /** Checks the component. */
        public Conflicted {
            Objects.requireNonNull(preview, "preview");
        }
    }

    /**
     * The target could not be moved: it has changed since the preview, changes in it that are not committed are in the way, a
     * hook refused, or a part of the session's work could not be brought back from its sandbox.
     *
     * @param reasons why, at least one
     */
    record Blocked(List<Reason> reasons) implements MergeResult {
        /** Copies the list. */
        public Blocked {
            Objects.requireNonNull(reasons, "reasons");
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) throw new IllegalArgumentException("What is blocked has a reason");
        }
    }
}
