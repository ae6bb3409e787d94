package io.trails.worktree.internal.changes;

import io.trails.Changes;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * What differs in a session's tree from the point it started from. Immutable, thread-safe.
 */
public final class TreeChanges {
    private final SessionTree tree;

    public TreeChanges(SessionTree tree) {
        this.tree = tree;
    }

    /** What differs now. */
    public Changes changes() {
        throw new UnsupportedOperationException("changes of " + tree);
    }

    /** Gives the lines that differ, file by file, on this thread. */
    public void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
        throw new UnsupportedOperationException("diff of " + tree + List.of(request, reader));
    }

    /** Writes what differs as a patch for {@code git apply}. */
    public void writePatch(DiffRequest request, OutputStream out) {
        throw new UnsupportedOperationException("patch of " + tree + List.of(request, out));
    }
}
