package io.trails.daggerdouble.graph;

import java.util.List;

/** A service that runs. */
interface Running {

    /** Where containers reach it. */
    String address();

    /** The ports it is reached at. */
    List<Integer> ports();

    /** Whether it ended by itself. */
    boolean hasEnded();

    void stop(boolean kill);
}
