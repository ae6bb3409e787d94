package io.trails.spi;

import io.trails.Changes;

/** The files of one session. Thread-safe. It holds nothing that would have to be closed. */
public interface Workspace {
    /**
     * Where the files are.
     *
     * @return the location
     */
    Location location();

    /**
     * What differs from the point the session started from.
     *
     * @return the changes, with caveats for what could not be known
     */
    Changes changes();
}
