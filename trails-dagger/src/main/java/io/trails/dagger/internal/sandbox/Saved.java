package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.files.Manifest;
import io.trails.dagger.internal.graph.DirectoryId;

/**
 * The container of a checkpoint, as long as its engine's session lasts. Immutable.
 *
 * @param engine to which the id belongs
 * @param root the whole root file system
 * @param settled the session's files as the host had them
 * @param manifest of the host then
 * @param layers of the root
 */
record Saved(EngineConnection engine, DirectoryId root, DirectoryId settled, Manifest manifest, int layers) {
    /** A container as it stands. */
    static Saved of(Situation now) {
        return new Saved(now.engine(), now.root(), now.settled(), now.manifest(), now.layers());
    }
}
