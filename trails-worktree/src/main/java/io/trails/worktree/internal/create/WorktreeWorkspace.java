package io.trails.worktree.internal.create;

import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.SessionCapability;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Workspace;
import io.trails.worktree.internal.changes.TreeChanges;
import io.trails.worktree.internal.merge.Merger;
import io.trails.worktree.internal.snapshot.Checkpoints;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A session's own worktree. Immutable, thread-safe. */
public final class WorktreeWorkspace implements Workspace {
    private final Path directory;
    private final TreeChanges changes;
    private final Checkpoints checkpoints;
    private final Merger merger;

    public WorktreeWorkspace(SessionTree tree, Path directory) {
        this.directory = directory;
        changes = new TreeChanges(tree);
        checkpoints = new Checkpoints(tree);
        merger = new Merger(tree);
    }

    @Override
    public Location location() {
        return new HostDirectory(directory);
    }

    @Override
    public Set<SessionCapability> capabilities() {
        return Set.of(SessionCapability.DIFF, SessionCapability.CHECKPOINTS, SessionCapability.MERGE);
    }

    @Override
    public Changes changes() {
        return changes.changes();
    }

    @Override
    public void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
        changes.diff(request, reader);
    }

    @Override
    public void writePatch(DiffRequest request, OutputStream out) {
        changes.writePatch(request, out);
    }

    @Override
    public Checkpoint checkpoint(String label) {
        return checkpoints.checkpoint(label);
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return checkpoints.list();
    }

    @Override
    public Checkpoint restore(Checkpoint checkpoint) {
        return checkpoints.restore(checkpoint);
    }

    @Override
    public MergePreview preview(MergeRequest request) {
        return merger.preview(request);
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        return merger.merge(request);
    }
}
