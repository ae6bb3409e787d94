package io.trails.dagger.internal.graph;

/** A socket of the host that containers may be given. Immutable. */
public final class SocketStep {
    private final Chain chain;

    SocketStep(Chain chain) {
        this.chain = chain;
    }

    public Leaf<SocketId> id() {
        return Leaf.id(chain.then("id"), SocketId::new);
    }
}
