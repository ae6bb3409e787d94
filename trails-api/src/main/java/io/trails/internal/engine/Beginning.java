package io.trails.internal.engine;

import io.trails.Checkpoint;
import io.trails.DirtyPolicy;
import io.trails.Isolation;
import io.trails.SessionSpec;
import io.trails.TrailsException;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import java.util.Optional;

/**
 * What a session's files start from. Only the plan of a workspace is told, and has it all afterwards. Immutable.
 *
 * @param baseRef a branch, tag or commit
 * @param dirty what becomes of work in the project that is not committed
 * @param forkOf a checkpoint of any session of the project
 */
record Beginning(Optional<String> baseRef, Optional<DirtyPolicy> dirty, Optional<Checkpoint> forkOf) {
    /** What a session is planned with that was opened before plans were made. */
    static Beginning unknown() {
        return new Beginning(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What is configured concerns the work on top of what is checked out, and no other base has that. */
    static Beginning of(SessionSpec spec, Optional<DirtyPolicy> configured) {
        boolean fromCheckout = spec.baseRef().isEmpty() && spec.forkOf().isEmpty();
        return new Beginning(
                spec.baseRef(), fromCheckout ? spec.dirty().or(() -> configured) : spec.dirty(), spec.forkOf());
    }

    /**
     * Tells the plan of a workspace.
     *
     * @throws TrailsException {@code workspace.unsupported} if the session's files are the project's own, which start from what
     *     they are
     */
    WorkspaceRequest.Builder tell(WorkspaceRequest.Builder request, WorkspaceProvider provider) {
        boolean elsewhere = baseRef.isPresent() || forkOf.isPresent();
        if (elsewhere && !provider.isolates().contains(Isolation.FILES)) {
            throw new TrailsException(
                    "workspace.unsupported",
                    "The session is to start from "
                            + baseRef.map(ref -> "'" + ref + "'").orElse("a checkpoint")
                            + ", but its workspace '" + provider.id()
                            + "' shares the project's files; use a mode that isolates files, such as 'worktree'");
        }
        if (baseRef.isPresent()) request.baseRef(baseRef.get());
        if (dirty.isPresent()) request.dirty(dirty.get());
        if (forkOf.isPresent()) request.forkOf(forkOf.get());
        return request;
    }
}
