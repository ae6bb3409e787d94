package io.trails.worktree.internal.merge;

import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.worktree.internal.tree.SessionTree;

/** Merges the work of one session. Thread-safe. */
public final class Merger {
    private final SessionTree tree;

    public Merger(SessionTree tree) {
        this.tree = tree;
    }

    /** Writes nothing. */
    public MergePreview preview(MergeRequest request) {
        throw new UnsupportedOperationException(tree.sessionId() + request);
    }

    public MergeResult merge(MergeRequest request) {
        throw new UnsupportedOperationException(tree.sessionId() + request);
    }
}
