package io.trails.tmux.internal.server;

import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import java.util.List;

/** The tmux server of one state directory, as one holder of it sees it. Thread-safe. */
public interface TmuxServer extends AutoCloseable {
    /** The session that trails itself attaches to. Its program has ended; it is nobody's terminal. */
    String KEEPER = "trails-keeper";

    /**
     * Runs commands that create and end nothing. Reconnects once if the line broke, as they may be repeated.
     *
     * @throws io.trails.TrailsException {@code terminal.unreachable} when the server does not answer in time, is gone, or
     *     the line broke
     */
    List<Reply> run(List<TmuxCommand> commands);

    /**
     * Runs commands whose second execution would be wrong: input, and what creates or ends a session. They wait while
     * anybody, in any JVM, connects to the server; never repeated.
     */
    List<Reply> change(List<TmuxCommand> commands);

    /** Its version. */
    TmuxVersion version();

    /** Its socket, which a person may give to {@code tmux -S}. Of safe characters only. */
    String socket();

    /**
     * Its private directory in the sandbox, with the socket, the scripts, and per pane a directory or a link to one. Of safe
     * characters only, so that its paths may stand in tmux commands and formats.
     */
    String directory();

    /** What tells this run of the server from earlier ones under the same socket: its process id and start time. */
    String incarnation();

    /** Whether that run of the server still answers. */
    boolean isAlive();

    /**
     * Ends the server and removes its directory, unless it has a session besides the keeper, somebody else is attached, or
     * this JVM holds it more than once. Whoever leases it next starts a new one.
     *
     * @return whether it is gone
     */
    boolean endIfUnused();

    /** Lets go. The last holder in this JVM closes the line; the server goes on if it has sessions. */
    @Override
    void close();
}
