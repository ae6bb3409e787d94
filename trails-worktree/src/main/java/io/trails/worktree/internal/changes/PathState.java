package io.trails.worktree.internal.changes;

import java.util.Optional;

/**
 * One path, then and now. Immutable.
 *
 * @param then what it held at the start
 * @param now what it holds; if it has to be read, what the index holds
 * @param read whether only the file itself knows what it holds now
 */
record PathState(Optional<Entry> then, Optional<Entry> now, boolean read) {
    boolean mayDiffer() {
        return read || !then.equals(now);
    }
}
