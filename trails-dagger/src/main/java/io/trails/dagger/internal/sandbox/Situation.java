package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.files.Manifest;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.recipe.Container;

/**
 * Where a session's container stands. Immutable.
 *
 * @param engine to which all ids belong
 * @param root the whole root file system as the last command left it
 * @param settled the session's files as the host, or what is pending there, has them
 * @param manifest what the host had when both were last the same
 * @param layers how many the root got since it was last made one
 */
record Situation(
        EngineConnection engine,
        Container container,
        DirectoryId root,
        DirectoryId settled,
        Manifest manifest,
        int layers) {
    Situation withRoot(DirectoryId next, int moreLayers) {
        return new Situation(engine, container, next, settled, manifest, layers + moreLayers);
    }

    /** The same root in one layer. */
    Situation withFlatRoot(DirectoryId flat) {
        return new Situation(engine, container, flat, settled, manifest, 0);
    }

    Situation withSettled(DirectoryId files, Manifest host) {
        return new Situation(engine, container, root, files, host, layers);
    }

    Situation withManifest(Manifest host) {
        return new Situation(engine, container, root, settled, host, layers);
    }
}
