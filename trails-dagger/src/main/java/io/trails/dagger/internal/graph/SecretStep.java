package io.trails.dagger.internal.graph;

/** A secret that commands may be given. Immutable. */
public final class SecretStep {
    private final Chain chain;

    SecretStep(Chain chain) {
        this.chain = chain;
    }

    public Leaf<SecretId> id() {
        return Leaf.id(chain.then("id"), SecretId::new);
    }
}
