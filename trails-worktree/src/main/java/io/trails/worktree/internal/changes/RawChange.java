package io.trails.worktree.internal.changes;

import io.trails.Change;
import io.trails.worktree.internal.git.RepoPath;
import java.util.Optional;

/**
 * One record of {@code --raw -z}. Immutable.
 *
 * @param status its letter
 * @param previous where it was, if it was renamed
 */
record RawChange(
        String oldMode,
        String newMode,
        String oldOid,
        String newOid,
        char status,
        RepoPath path,
        Optional<RepoPath> previous) {
    private static final int FIELDS = 5;

    /** Whether two paths follow. */
    static boolean isRename(RepoPath meta) {
        String text = meta.text();
        return text.startsWith("R", text.lastIndexOf(' ') + 1);
    }

    /** @param meta the first field of a record, with its colon */
    static RawChange parse(RepoPath meta, RecordFields rest) {
        String[] fields = meta.text().split(" ", -1);
        if (fields.length != FIELDS || !fields[0].startsWith(":")) throw RecordFields.unknown(meta);
        char status = fields[4].charAt(0);
        Optional<RepoPath> previous = isRename(meta) ? Optional.of(rest.next()) : Optional.empty();
        return new RawChange(fields[0].substring(1), fields[1], fields[2], fields[3], status, rest.next(), previous);
    }

    Optional<Entry> then() {
        return Entry.of(oldMode, oldOid);
    }

    Optional<Entry> now() {
        return Entry.of(newMode, newOid);
    }

    boolean sameContent() {
        return oldOid.equals(newOid);
    }

    /** Whether a patch shows it as one file that goes and another that comes. */
    boolean isSwap() {
        return status == 'T';
    }

    Change.Kind kind() {
        return switch (status) {
            case 'A' -> Change.Kind.ADDED;
            case 'D' -> Change.Kind.DELETED;
            case 'R' -> Change.Kind.RENAMED;
            case 'T' -> Change.Kind.TYPE_CHANGED;
            case 'M' -> sameContent() ? Change.Kind.MODE_CHANGED : Change.Kind.MODIFIED;
            default -> throw RecordFields.unknown(path);
        };
    }
}
