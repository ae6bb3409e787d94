package io.trails.dagger.internal.graph;

/** A volume that outlives containers, until the engine prunes it. Immutable. */
public final class CacheStep {
    private final Chain chain;

    CacheStep(Chain chain) {
        this.chain = chain;
    }

    public Leaf<CacheId> id() {
        return Leaf.id(chain.then("id"), CacheId::new);
    }
}
