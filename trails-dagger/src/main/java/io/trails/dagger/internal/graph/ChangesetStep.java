package io.trails.dagger.internal.graph;

import java.util.List;

/** What became of a directory. Immutable. */
public final class ChangesetStep {
    private final Chain chain;

    ChangesetStep(Chain chain) {
        this.chain = chain;
    }

    /** What was added or modified, and nothing else. */
    public DirectoryStep layer() {
        return new DirectoryStep(chain.then("layer"));
    }

    public Leaf<List<String>> addedPaths() {
        return Leaf.texts(chain.then("addedPaths"));
    }

    public Leaf<List<String>> modifiedPaths() {
        return Leaf.texts(chain.then("modifiedPaths"));
    }

    public Leaf<List<String>> removedPaths() {
        return Leaf.texts(chain.then("removedPaths"));
    }

    public Leaf<Boolean> isEmpty() {
        return Leaf.truth(chain.then("isEmpty"));
    }
}
