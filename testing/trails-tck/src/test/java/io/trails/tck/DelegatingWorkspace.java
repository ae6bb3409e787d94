package io.trails.tck;

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
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Does what a correct workspace does; a saboteur overrides one thing. */
class DelegatingWorkspace implements Workspace {
    final Workspace correct;

    DelegatingWorkspace(Workspace correct) {
        this.correct = correct;
    }

    final Path files() {
        return ((HostDirectory) correct.location()).path();
    }

    @Override
    public Location location() {
        return correct.location();
    }

    @Override
    public Changes changes() {
        return correct.changes();
    }

    @Override
    public Set<SessionCapability> capabilities() {
        return correct.capabilities();
    }

    @Override
    public void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
        correct.diff(request, reader);
    }

    @Override
    public void writePatch(DiffRequest request, OutputStream out) {
        correct.writePatch(request, out);
    }

    @Override
    public Checkpoint checkpoint(String label) {
        return correct.checkpoint(label);
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return correct.checkpoints();
    }

    @Override
    public Checkpoint restore(Checkpoint checkpoint) {
        return correct.restore(checkpoint);
    }

    @Override
    public MergePreview preview(MergeRequest request) {
        return correct.preview(request);
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        return correct.merge(request);
    }
}
