package io.trails;

import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

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
     * What the session's files can do here.
     *
     * @return an unmodifiable set
     */
    Set<SessionCapability> capabilities();

    /**
     * Gives the lines that differ, file by file, ordered by path, without holding more than one file in memory.
     *
     * @param request what is compared
     * @param reader called on this thread once per changed file; what it throws ends the comparison and is thrown on
     * @throws TrailsException {@code workspace.unsupported} without {@link SessionCapability#DIFF};
     *     {@code worktree.checkpoint-unknown}
     */
    void diff(DiffRequest request, Consumer<? super FileDiff> reader);

    /**
     * Writes what differs as a patch that {@code git apply} takes, binary files included. It is streamed and may be of any size.
     *
     * @param request what is compared
     * @param out gets the patch and is not closed
     * @throws TrailsException {@code workspace.unsupported} without {@link SessionCapability#DIFF};
     *     {@code worktree.checkpoint-unknown}; {@code workspace.patch-unwritten} if {@code out} fails
     */
    void writePatch(DiffRequest request, OutputStream out);

    /**
     * Keeps all files as they are now, but those that are ignored. Branch, index and stash are not touched. It is kept until the
     * session is removed, and then as a rescue.
     *
     * @param label for people, 1 to 200 characters without control characters
     * @return the checkpoint
     * @throws IllegalArgumentException if the label is none
     * @throws TrailsException {@code workspace.unsupported} without {@link SessionCapability#CHECKPOINTS}; {@code session.busy} if
     *     somebody is removing the session
     */
    Checkpoint checkpoint(String label);

    /**
     * The session's checkpoints.
     *
     * @return oldest first
     * @throws TrailsException {@code workspace.unsupported} without {@link SessionCapability#CHECKPOINTS}
     */
    List<Checkpoint> checkpoints();

    /**
     * Brings all files back to what they were, but those that are ignored. What they are now is kept as a checkpoint first.
     * Branch and stash are not touched; nothing is staged that was not.
     *
     * @param checkpoint one of this session
     * @return the checkpoint of what the files were before
     * @throws TrailsException {@code worktree.checkpoint-unknown}; {@code workspace.unsupported} without
     *     {@link SessionCapability#CHECKPOINTS}; {@code session.busy} if somebody is removing the session
     */
    Checkpoint restore(Checkpoint checkpoint);

    /**
     * What a merge would do. Writes nothing.
     *
     * @param request what would be merged, and how
     * @return the preview
     * @throws TrailsException {@code workspace.unsupported} without {@link SessionCapability#MERGE};
     *     {@code worktree.target-unknown}
     */
    MergePreview preview(MergeRequest request);

    /**
     * Merges the session's work into a branch. Work that is not committed is committed to the session's branch first. Unless the
     * result is {@link MergeResult.Merged}, the target and its files are as they were.
     *
     * @param request what is merged, and how
     * @return how it ended; a conflict is an answer
     * @throws TrailsException {@code workspace.unsupported} without {@link SessionCapability#MERGE};
     *     {@code worktree.target-unknown}; {@code worktree.commit-failed} if the work cannot be committed; {@code session.busy} if
     *     somebody is removing the session
     */
    MergeResult merge(MergeRequest request);

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
     * @throws TrailsException {@code session.busy} if somebody, perhaps another thread, is removing it, or merges it,
     *     takes a checkpoint or restores one
     */
    RemovalReport remove(RemovalPolicy policy);
}
