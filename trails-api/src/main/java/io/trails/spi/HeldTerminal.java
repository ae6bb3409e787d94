package io.trails.spi;

import io.trails.Terminal;

/** A terminal as its provider hands it to the engine. Thread-safe. */
public interface HeldTerminal extends Terminal {
    /** Lets go of the terminal in this JVM; the program runs on if it can. Detaching twice does nothing. */
    void detach();
}
