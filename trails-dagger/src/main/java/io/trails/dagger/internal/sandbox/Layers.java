package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.connection.EngineLostException;
import io.trails.dagger.internal.connection.ExecFailure;
import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.exec.Script;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.Graph;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps roots shallow: each command lays another layer on them, and no kernel mounts a root of 491. */
final class Layers {
    /** An image may bring 127 of its own, and its recipe some more. */
    private static final int MANY = 250;

    private Layers() {}

    /** The same container, with its root made one layer if there have come to be many. */
    static Situation bounded(Situation known, Duration patience) {
        if (known.layers() < MANY) return known;
        try {
            return known.withFlatRoot(flat(known, patience));
        } catch (EngineLostException | GraphException | ExecFailure failed) {
            // Whoever runs something next meets the same, and deals with it.
            LoggerFactory.getLogger(Layers.class).debug("A root stays as deep as it is", failed);
            return known;
        }
    }

    /** The root as one layer. What an image tells of its layers tells nothing but that, then. */
    static DirectoryId flat(Situation known, Duration patience) {
        // Nothing is there that the pattern matches, but with one every engine copies.
        var flat = Graph.directory()
                .withDirectory("/", known.root(), List.of(Script.PLACE))
                .sync();
        return known.engine().ask(patience, flat).get(flat);
    }
}
