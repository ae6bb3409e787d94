package io.trails.dagger.internal.graph;

import java.util.Optional;

/** A program that goes on running while others do. Immutable. */
public final class ServiceStep {
    private final Chain chain;

    ServiceStep(Chain chain) {
        this.chain = chain;
    }

    public Leaf<ServiceId> id() {
        return Leaf.id(chain.then("id"), ServiceId::new);
    }

    /** Answers when the exposed ports do. Starting what runs already does nothing. */
    public Leaf<ServiceId> start() {
        return Leaf.id(chain.then("start"), ServiceId::new);
    }

    /**
     * Answers when the program has ended; without {@code kill} that takes as long as the program likes.
     *
     * @param kill whether it gets no time to end by itself
     */
    public Leaf<ServiceId> stop(boolean kill) {
        Optional<Argument> killed = kill ? Optional.of(Argument.truth("kill", true)) : Optional.empty();
        return Leaf.id(chain.then("stop", killed), ServiceId::new);
    }

    /** As other containers see it. */
    public Leaf<String> hostname() {
        return Leaf.text(chain.then("hostname"));
    }

    /** Host name and port, as other containers see them. */
    public Leaf<String> endpoint(int port) {
        return Leaf.text(chain.then("endpoint", Argument.whole("port", port)));
    }
}
