package io.trails.internal.engine;

import io.trails.Changes;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.SessionCapability;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceRequest;
import java.util.Set;

/** A workspace whose every preview is the same. */
final class PreviewingWorkspace extends FolderWorkspace {
    private final MergePreview preview;

    PreviewingWorkspace(MergePreview preview) {
        this.preview = preview;
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
                return Set.of(SessionCapability.MERGE);
            }

            @Override
            public MergePreview preview(MergeRequest wanted) {
                return preview;
            }
        };
    }
}
