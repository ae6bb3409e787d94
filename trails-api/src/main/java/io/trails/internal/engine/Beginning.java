package io.trails.internal.engine;

import io.trails.Checkpoint;
import io.trails.ContainerRecipe;
import io.trails.DirtyPolicy;
import io.trails.Isolation;
import io.trails.SessionSpec;
import io.trails.TrailsException;
import io.trails.spi.SandboxRequest;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import java.util.Optional;

/**
 * What a session starts from. Only plans are told, and have it all afterwards. Immutable.
 *
 * @param baseRef a branch, tag or commit
 * @param dirty what becomes of work in the project that is not committed
 * @param forkOf a checkpoint of any session of the project
 * @param recipe how a container is made
 */
record Beginning(
        Optional<String> baseRef,
        Optional<DirtyPolicy> dirty,
        Optional<Checkpoint> forkOf,
        Optional<ContainerRecipe> recipe) {
    /** What a session is planned with that was opened before plans were made. */
    static Beginning unknown() {
        return new Beginning(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What is configured for work that is not committed concerns what is checked out, and no other base has that. */
    static Beginning of(SessionSpec spec, Defaults defaults) {
        boolean fromCheckout = spec.baseRef().isEmpty() && spec.forkOf().isEmpty();
        return new Beginning(
                spec.baseRef(),
                fromCheckout ? spec.dirty().or(defaults::dirty) : spec.dirty(),
                spec.forkOf(),
                defaults.recipes().find(spec));
    }

    /** Tells the plan of a sandbox. */
    SandboxRequest.Builder tell(SandboxRequest.Builder request) {
        if (recipe.isPresent()) request.recipe(recipe.get());
        if (forkOf.isPresent()) request.forkOf(forkOf.get());
        return request;
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
