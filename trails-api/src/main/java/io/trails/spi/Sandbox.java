package io.trails.spi;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Usage;
import java.util.Set;

/** Where the processes of one session run. Thread-safe. */
public interface Sandbox extends AutoCloseable {
    /**
     * What this sandbox can do.
     *
     * @return what its provider says
     */
    Set<SandboxCapability> capabilities();

    /**
     * Runs a command to its end. What it left running in the background is not waited for, though the outputs may contain
     * what that wrote right afterwards; what it writes later is thrown away.
     *
     * @param command what to run; its environment is complete but for what the sandbox adds
     * @return how it ended
     */
    ExecResult exec(Command command);

    /**
     * Starts a command, which ends with the host as {@link Execution} says. Throws {@code sandbox.unsupported} without {@link SandboxCapability#STREAMS}.
     *
     * @param command what to run
     * @return the running command, which the caller closes
     */
    Execution start(Command command);

    /**
     * What the session uses.
     *
     * @return the usage as of now
     */
    Usage usage();

    /** Ends every process of the session and returns when they are gone. The sandbox stays usable. */
    void stop();

    /** Detaches. Cancels what {@link #exec} and {@link #start} still run. Closing twice does nothing. */
    @Override
    void close();
}
