package io.trails;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A running command. Thread-safe, except that each stream belongs to one thread at a time.
 *
 * <p>Nobody drains the streams but the caller: a command whose output is not read stops when its pipe is full. The streams
 * may end with the command: what it leaves in the background then must not write to them.
 *
 * <p>It ends with the host, with all its descendants: when the host exits, or, if the host is killed, when its session is
 * next opened or found (on Linux). What should outlive the host belongs in a {@link Terminal}.
 */
public interface Execution extends AutoCloseable {
    /**
     * Where the command's input is written. Close it to end the input.
     *
     * @return the stream; already closed if the command came with an input of its own
     */
    OutputStream stdin();

    /**
     * What the command writes to its standard output.
     *
     * @return the stream
     */
    InputStream stdout();

    /**
     * What the command writes to its standard error.
     *
     * @return the stream
     */
    InputStream stderr();

    /**
     * Completes when the command has ended, also by its timeout or a limit.
     *
     * @return a future whose result has empty outputs, since the streams are the caller's; cancelling it does not end the
     *     command
     */
    CompletableFuture<ExecResult> onExit();

    /**
     * Whether the command still runs.
     *
     * @return false once {@link #onExit()} has completed
     */
    boolean isAlive();

    /**
     * The process id as the host sees it.
     *
     * @return the id, or empty where the sandbox does not show one
     */
    OptionalLong pid();

    /**
     * Sends a signal to the command. Does nothing if it has ended.
     *
     * @param signal which
     * @throws TrailsException {@code exec.signal-unsupported} where the platform cannot send it
     */
    void signal(Signal signal);

    /** Ends the command with all its descendants if it still runs, closes the streams, and returns when they are gone. */
    @Override
    void close();
}
