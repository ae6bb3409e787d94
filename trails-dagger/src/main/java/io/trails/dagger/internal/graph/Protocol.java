package io.trails.dagger.internal.graph;

/** How a port is spoken to. */
public enum Protocol {
    TCP,
    UDP
}
