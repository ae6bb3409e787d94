package io.trails.dagger.internal.graph;

/** How an engine wants the same things to be said. */
public enum Dialect {
    /** {@code loadContainerFromID(id)}: up to 0.20. */
    LOAD_BY_TYPE,
    /** {@code node(id)}: since 0.21. */
    NODE
}
