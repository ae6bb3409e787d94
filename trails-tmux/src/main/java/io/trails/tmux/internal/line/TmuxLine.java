package io.trails.tmux.internal.line;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A way to send commands to one tmux server. Thread-safe. Both ways behave the same but for their speed. */
public interface TmuxLine extends AutoCloseable {
    /**
     * Sends commands, one right after the other: no other command of this line comes between. Every command is executed
     * whatever became of those before it.
     *
     * @return one reply per command, in order; completes exceptionally, with a {@link LineLostException}, when the line
     *     breaks before the last reply, and then nobody knows which of them were executed
     */
    CompletableFuture<List<Reply>> send(List<TmuxCommand> commands);

    /** Whether commands can still be sent. */
    boolean isOpen();

    /** Lets go of the server, which goes on. Outstanding replies complete exceptionally. Closing twice does nothing. */
    @Override
    void close();
}
