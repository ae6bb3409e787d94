package io.trails;

import java.util.List;
import java.util.Objects;

/**
 * What came back from a sandbox that works on its own copy of a session's files. Immutable.
 *
 * @param files what was changed in the session's directory, ordered by path
 * @param conflicts what was not, because somebody else had changed it
 * @param notes what else did not come back, and why
 */
public record BroughtBack(List<Change> files, List<FileConflict> conflicts, List<Reason> notes) {
    private static final BroughtBack NOTHING = new BroughtBack(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public BroughtBack {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(conflicts, "conflicts");
        Objects.requireNonNull(notes, "notes");
        files = List.copyOf(files);
        conflicts = List.copyOf(conflicts);
        notes = List.copyOf(notes);
    }

    /**
     * Nothing had to come back.
     *
     * @return the empty result
     */
    public static BroughtBack nothing() {
        return NOTHING;
    }

    /**
     * Whether everything that was to come back did.
     *
     * @return true if there is no conflict
     */
    public boolean complete() {
        return conflicts.isEmpty();
    }
}
