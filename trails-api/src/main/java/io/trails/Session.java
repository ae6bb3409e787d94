package io.trails;

import java.util.Objects;

/**
 * Where one agent works. Thread-safe.
 *
 * <p>A session outlives the host: it ends with {@link #remove}. After {@link Trails#close()} its methods throw
 * {@link IllegalStateException}; after its removal, {@code session.removed}.
 */
public interface Session {
    /**
     * What is known of the session without touching it.
     *
     * @return the information as of now
     */
    SessionInfo info();

    /**
     * Runs a command to its end. A program that it leaves in the background is not waited for and goes on; to outlive the
     * host it must not write to the outputs it shares with the command.
     *
     * @param command what to run
     * @return how it ended; a non-zero exit code is an answer
     * @throws TrailsException {@code exec.not-started} if the program cannot be started
     */
    ExecResult exec(Command command);

    /**
     * Runs a command to its end, with no input, no timeout and the default capture.
     *
     * @param argv the program and its arguments
     * @return how it ended
     * @throws TrailsException {@code exec.not-started} if the program cannot be started
     */
    default ExecResult exec(String... argv) {
        Objects.requireNonNull(argv, "argv");
        return exec(Command.of(argv));
    }

    /**
     * Starts a command. It ends with the host, as {@link Execution} says.
     *
     * @param command what to run; its capture is not used
     * @return the running command, which the caller closes
     * @throws TrailsException {@code exec.not-started} if the program cannot be started
     */
    Execution start(Command command);

    /**
     * The session's interactive shell, started on first use. Once it has ended, the next call starts a new one and removes
     * what is left of the old one, its output and its background jobs included.
     *
     * @return the terminal
     * @throws TrailsException {@code provider.missing} if nobody provides terminals any more as the session had them
     */
    Terminal terminal();

    /**
     * The session's agent, started on first use.
     *
     * @return the agent
     * @throws IllegalStateException if the session was opened without one
     */
    Agent agent();

    /**
     * What differs from the point the session started from.
     *
     * @return the changes
     */
    Changes changes();

    /**
     * What the session uses.
     *
     * @return the usage as of now
     */
    Usage usage();

    /** Ends the session's processes and keeps the work. They start again on use; the agent resumes. */
    void stop();

    /**
     * Removes what was created for the session. Fails closed: what would be lost is kept, reported, and stays under the
     * session's name. So is what nobody can remove because its provider is missing, unless the policy is
     * {@link RemovalPolicy#forgetting()}.
     *
     * @param policy what may be done
     * @return what was removed, what was kept, and why
     * @throws TrailsException {@code session.busy} if somebody, perhaps another thread, is removing it
     */
    RemovalReport remove(RemovalPolicy policy);
}
