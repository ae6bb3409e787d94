package io.trails;

import java.io.OutputStream;
import java.nio.file.Path;
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
     * What differs from the point the session started from. Where programs work on a copy of the project's own files, it is what
     * they changed and {@link #merge} would write.
     *
     * @return the changes, with a caveat for what could not be brought back from a sandbox
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
     * Brings all files back to what they were, but those that are ignored, and with them the system of a session that has one of its
     * own. What they are now is kept as a checkpoint first. Programs that work on a copy of the files, as in a container, are ended
     * before that. Branch and stash are not touched; nothing is staged that was not.
     *
     * @param checkpoint one of this session
     * @return the checkpoint of what the files were before
     * @throws TrailsException {@code worktree.checkpoint-unknown} or {@code sandbox.checkpoint-unknown};
     *     {@code workspace.unsupported} without
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
     * <p>Where programs work on a copy of the project's own files, what they changed is written into the project, all of it or, if
     * somebody else changed the same, nothing. There is then no branch or commit to ask for.
     *
     * @param request what is merged, and how
     * @return how it ended; a conflict is an answer
     * @throws TrailsException {@code workspace.unsupported} without {@link SessionCapability#MERGE};
     *     {@code worktree.target-unknown}; {@code worktree.commit-failed} if the work cannot be committed;
     *     {@code workspace.option-unsupported} for what only a history can do; {@code session.busy} if somebody is removing the
     *     session
     */
    MergeResult merge(MergeRequest request);

    /**
     * Brings what the session's programs changed in their copy into the session's directory now. It happens by itself when a command
     * has ended, and before the files are looked at, kept or merged; this is for what still runs. Somebody else's changes are not
     * overwritten.
     *
     * @return what came back and what did not
     * @throws TrailsException {@code sandbox.unsupported} or {@code workspace.unsupported} without
     *     {@link SessionCapability#BRING_BACK}; {@code session.busy} if somebody is removing the session
     */
    BroughtBack bringBack();

    /**
     * Writes the session's files, as its programs have them, into a directory.
     *
     * @param directory it must not exist yet, or be empty
     * @throws TrailsException {@code sandbox.unsupported} without {@link SessionCapability#EXPORT};
     *     {@code sandbox.export-refused} if the directory is not empty
     */
    void export(Path directory);

    /**
     * Writes the whole system that the session's programs run in, its files included, as an image: the OCI image layout in a tar
     * file.
     *
     * @param archive it must not exist yet
     * @throws TrailsException {@code sandbox.unsupported} without {@link SessionCapability#EXPORT_IMAGE};
     *     {@code sandbox.export-refused} if the file exists
     */
    void exportImage(Path archive);

    /**
     * What the session uses.
     *
     * @return the usage as of now
     */
    Usage usage();

    /** Ends the session's processes and keeps the work, also that in a sandbox's copy of the files. They start again on use; the agent resumes. */
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
