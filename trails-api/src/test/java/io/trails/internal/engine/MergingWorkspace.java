package io.trails.internal.engine;

import io.trails.Change;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.SessionCapability;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceRequest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A workspace whose merges end as a test says, and which gives the same file and the same checkpoints always. */
final class MergingWorkspace extends FolderWorkspace {
    private final Function<MergeRequest, MergeResult> merge;

    MergingWorkspace(Function<MergeRequest, MergeResult> merge) {
        this.merge = merge;
    }

    @Override
    public Workspace open(Plan plan, WorkspaceRequest request) {
        Workspace plain = super.open(plan, request);
        return new Workspace() {
            @Override
            public Location location() {
                return plain.location();
            }

            @Override
            public Changes changes() {
                return plain.changes();
            }

            @Override
            public Set<SessionCapability> capabilities() {
                return EnumSet.allOf(SessionCapability.class);
            }

            @Override
            public void diff(DiffRequest wanted, Consumer<? super FileDiff> reader) {
                reader.accept(new FileDiff(Change.of("a", Change.Kind.ADDED), false, List.of(), false));
            }

            @Override
            public Checkpoint checkpoint(String label) {
                return new Checkpoint("c1", request.sessionId(), label, Instant.EPOCH);
            }

            @Override
            public List<Checkpoint> checkpoints() {
                return List.of(new Checkpoint("c1", request.sessionId(), "now", Instant.EPOCH));
            }

            @Override
            public Checkpoint restore(Checkpoint checkpoint) {
                return new Checkpoint("c2", request.sessionId(), "before", Instant.EPOCH);
            }

            @Override
            public MergeResult merge(MergeRequest wanted) {
                return merge.apply(wanted);
            }
        };
    }
}
