package io.trails.tck;

import io.trails.spi.Provider;

/** Makes providers that keep every rule but one. */
interface Saboteur<P extends Provider> {
    /** The rule that is broken. */
    String rule();

    /** A new provider. */
    P provider();
}
