package io.trails.worktree.internal.merge;

/** Stands for the state of both sides of a merge. */
final class MergeToken {
    private MergeToken() {}

    static String of(Target target, SessionWork work) {
        return target.ref() + ":" + target.commit() + ":" + work.head() + ":" + work.tree();
    }
}
