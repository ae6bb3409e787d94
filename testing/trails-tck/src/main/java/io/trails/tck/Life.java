package io.trails.tck;

import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Plan;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One session's share of a provider, from plan to removal, whatever the axis. Every step asks for a new instance of the
 * provider, as another JVM would have.
 */
interface Life {
    /** Where the provider may keep files of its own; there from {@link #create} on. */
    Path directory();

    /** The plan, asked for anew. */
    Plan plan();

    /** Creates by the first plan asked for. */
    void create() throws IOException;

    void open();

    /** Uses what was last created or opened; fails if it is not usable. */
    void use();

    RemovalReport remove(RemovalPolicy policy);

    /** Removes it and whatever else it cannot be opened without. */
    default void vanish() throws IOException {
        remove(RemovalPolicy.safe().endingProcesses());
    }
}
