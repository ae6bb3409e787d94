package io.trails.worktree.internal.changes;

import java.util.Optional;

/**
 * What a tree or an index holds under a path. Immutable.
 *
 * @param mode six octal digits
 * @param oid of the blob, or of a submodule's commit
 */
record Entry(String mode, String oid) {
    private static final String NOTHING = "000000";

    static Optional<Entry> of(String mode, String oid) {
        return mode.equals(NOTHING) ? Optional.empty() : Optional.of(new Entry(mode, oid));
    }

    /** The digits that tell files, links and submodules apart. */
    static String type(String mode) {
        return mode.substring(0, 2);
    }
}
