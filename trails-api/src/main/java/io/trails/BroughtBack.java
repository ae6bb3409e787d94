package io.trails;

import java.util.List;
import java.util.Objects;

/**
 * What came back from a sandbox that works on its own copy of a session's files. Immutable.
 *
 * @param files what was changed in the session's directory, ordered by path
 * @param conflicts what was not, because somebody else had changed it
 * @param withheld what is the session's work and cannot be had for now, such as for want of room on the disk, and what helps; it is
 *     asked for again each time
 * @param notes what else did not come back, and why
 */
public record BroughtBack(List<Change> files, List<FileConflict> conflicts, List<Reason> withheld, List<Reason> notes) {
    private static final BroughtBack NOTHING = new BroughtBack(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public BroughtBack {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(conflicts, "conflicts");
        Objects.requireNonNull(withheld, "withheld");
        Objects.requireNonNull(notes, "notes");
        files = List.copyOf(files);
        conflicts = List.copyOf(conflicts);
        withheld = List.copyOf(withheld);
        notes = List.copyOf(notes);
    }

    /**
     * What came back where all of the session's work could be had.
     *
     * @param files what was changed in the session's directory, ordered by path
     * @param conflicts what was not, because somebody else had changed it
     * @param notes what else did not come back, and why
     */
    public BroughtBack(List<Change> files, List<FileConflict> conflicts, List<Reason> notes) {
        this(files, conflicts, List.of(), notes);
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
     * @return true if there is no conflict, and nothing is withheld
     */
    public boolean complete() {
        return conflicts.isEmpty() && withheld.isEmpty();
    }
}
