package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.connection.EngineLostException;
import io.trails.dagger.internal.connection.ExecFailure;
import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.graph.Graph;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Keeps roots shallow: each command lays another layer on them, and no kernel mounts a root of 491. */
final class Layers {
    /** An image may bring 127 of its own, and its recipe some more. */
    private static final int MANY = 250;

    private Layers() {}

    /** The same container, with its root made one layer if there have come to be many. */
    static Situation bounded(Situation known, Duration patience) {
        if (known.layers() < MANY) return known;
        var flat = Graph.directory()
                .withDirectory("/", known.root(), Optional.empty())
                .sync();
        try {
            return known.withFlatRoot(known.engine().ask(patience, flat).get(flat));
        } catch (EngineLostException | GraphException | ExecFailure failed) {
            // Whoever runs something next meets the same, and deals with it.
            LoggerFactory.getLogger(Layers.class).debug("A root stays as deep as it is", failed);
            return known;
        }
    }
}
