package io.trails.spi;

import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.SessionCapability;
import io.trails.TrailsException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The files of one session. Thread-safe. It holds nothing that would have to be closed. What it does not declare as a
 * capability it answers with {@code workspace.unsupported}.
 */
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

    /**
     * What it can do beyond that.
     *
     * @return always the same set
     */
    default Set<SessionCapability> capabilities() {
        return Set.of();
    }

    /**
     * As {@link io.trails.Session#diff}; needs {@link SessionCapability#DIFF}.
     *
     * @param request what is compared
     * @param reader called on this thread once per changed file, ordered by path
     */
    default void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
        throw unsupported("tells no lines");
    }

    /**
     * As {@link io.trails.Session#writePatch}; needs {@link SessionCapability#DIFF}.
     *
     * @param request what is compared
     * @param out gets the patch and is not closed
     */
    default void writePatch(DiffRequest request, OutputStream out) {
        throw unsupported("tells no lines");
    }

    /**
     * As {@link io.trails.Session#checkpoint}; needs {@link SessionCapability#CHECKPOINTS}.
     *
     * @param label for people
     * @return the checkpoint
     */
    default Checkpoint checkpoint(String label) {
        throw unsupported("keeps no checkpoints");
    }

    /**
     * As {@link io.trails.Session#checkpoints}; needs {@link SessionCapability#CHECKPOINTS}.
     *
     * @return oldest first
     */
    default List<Checkpoint> checkpoints() {
        throw unsupported("keeps no checkpoints");
    }

    /**
     * As {@link io.trails.Session#restore}; needs {@link SessionCapability#CHECKPOINTS}.
     *
     * @param checkpoint one of this workspace
     * @return what the files were before
     */
    default Checkpoint restore(Checkpoint checkpoint) {
        throw unsupported("keeps no checkpoints");
    }

    /**
     * As {@link io.trails.Session#preview}; needs {@link SessionCapability#MERGE}.
     *
     * @param request what would be merged
     * @return the preview
     */
    default MergePreview preview(MergeRequest request) {
        throw unsupported("merges nothing");
    }

    /**
     * As {@link io.trails.Session#merge}; needs {@link SessionCapability#MERGE}.
     *
     * @param request what is merged
     * @return how it ended
     */
    default MergeResult merge(MergeRequest request) {
        throw unsupported("merges nothing");
    }

    private TrailsException unsupported(String what) {
        return new TrailsException(
                "workspace.unsupported",
                "The workspace at " + location().describe() + " " + what
                        + "; see the session's capabilities(), and use a mode on git such as 'worktree'");
    }
}
