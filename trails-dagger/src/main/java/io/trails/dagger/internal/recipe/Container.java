package io.trails.dagger.internal.recipe;

import io.trails.dagger.internal.graph.ContainerId;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.DirectoryStep;
import io.trails.dagger.internal.graph.Graph;
import java.util.Optional;

/**
 * What a recipe became in one session of an engine. Immutable.
 *
 * @param frame user, variables, secrets, mounts and services; its root is of no meaning
 * @param system the root without the session's files
 * @param empty a directory with nothing in it
 * @param user who runs commands
 * @param workdir where the session's files belong
 */
public record Container(ContainerId frame, DirectoryId system, DirectoryId empty, String user, String workdir) {
    /** The frame around a root. */
    public ContainerStep over(DirectoryId root) {
        return Graph.container(frame).withRootfs(root);
    }

    /** As the engine's arguments name the owner of files. */
    public Optional<String> owner() {
        return Optional.of(user);
    }

    /** The session's files in a root. */
    public DirectoryStep files(DirectoryStep root) {
        return root.directory(relativeWorkdir());
    }

    /** The working directory as a path in the root. */
    public String relativeWorkdir() {
        return workdir.substring(1);
    }
}
