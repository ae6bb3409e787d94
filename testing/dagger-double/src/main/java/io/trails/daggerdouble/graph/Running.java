package io.trails.daggerdouble.graph;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A service that runs. */
interface Running {

    /** Where containers reach it. */
    String address();

    /** The ports it is reached at. */
    List<Integer> ports();

    /** Asks it to end. */
    void terminate();

    /** Ends it and waits until it did. */
    void kill();

    /** Completes at its end. */
    CompletableFuture<?> end();
}
