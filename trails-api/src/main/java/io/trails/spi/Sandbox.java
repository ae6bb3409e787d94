package io.trails.spi;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.TrailsException;
import io.trails.Usage;
import java.util.Optional;
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
     * The copy of the session's files it works on, where it does not work on the files of the location themselves.
     *
     * @return always the same object, or empty
     */
    default Optional<SandboxCopy> copy() {
        return Optional.empty();
    }

    /**
     * What the session uses.
     *
     * @return the usage as of now
     */
    Usage usage();

    /**
     * The place the session's processes run in, without the session: the same system and files, but no mark, limit, group or
     * variable of the session, and its {@link #stop()} ends nothing there. What serves several sessions belongs there, such
     * as the server of a terminal multiplexer. It does not close with this sandbox; what {@link #start} started there ends
     * with the host. Sandboxes that share a place return equal objects. What is nobody's is neither measured nor stopped: its
     * own {@link #usage()} is empty, and its {@code stop()} throws {@code sandbox.unsupported}. Its commands get the variables
     * of the JVM without those that would hijack them, and start in the root directory unless they name another.
     *
     * @return this sandbox where the session has a place of its own
     */
    default Sandbox shared() {
        return this;
    }

    /**
     * What something in {@link #shared()} has to run so that it becomes a process of this session, as {@link #exec} would
     * start it: with its limits and its group, found by {@link #usage()} and ended by {@link #stop()}. Starts nothing itself.
     * Throws {@code sandbox.unsupported} without {@link SandboxCapability#MARKS}, as the two methods below.
     *
     * @param command what is to run; its input, timeout and capture are not used
     * @param mark in the environment of it and its descendants, found again by {@link #isAlive} and {@link #end}; letters,
     *     digits, {@code - . _ /}, and never a part of another mark
     * @return the same with its arguments complete, its directory absolute, and <em>all</em> the variables it gets
     * @throws TrailsException {@code exec.not-started} if its program or directory does not exist
     */
    default Command inside(Command command, String mark) {
        throw new TrailsException(
                "sandbox.unsupported", "This sandbox lets nobody else start processes of its session");
    }

    /**
     * Whether a process lives that carries the mark, or a descendant of one.
     *
     * @param mark as given to {@link #inside}, in this or another JVM
     * @return true if so
     */
    default boolean isAlive(String mark) {
        throw new TrailsException("sandbox.unsupported", "This sandbox finds no processes by a mark");
    }

    /**
     * Asks every process to end that carries the mark, with its descendants, and after a moment kills what is left.
     *
     * @param mark as given to {@link #inside}, in this or another JVM
     * @return whether they are all gone
     */
    default boolean end(String mark) {
        throw new TrailsException("sandbox.unsupported", "This sandbox finds no processes by a mark");
    }

    /** Ends every process of the session and returns when they are gone. The sandbox stays usable. */
    void stop();

    /** Detaches. Cancels what {@link #exec} and {@link #start} still run. Closing twice does nothing. */
    @Override
    void close();
}
