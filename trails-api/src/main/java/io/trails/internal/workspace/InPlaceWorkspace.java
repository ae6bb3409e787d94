package io.trails.internal.workspace;

import io.trails.Changes;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Workspace;
import java.nio.file.Path;

/** The project directory itself, compared with what it was when the session started. */
final class InPlaceWorkspace implements Workspace {
    private final Path directory;
    private final Path manifest;
    private final Path state;

    InPlaceWorkspace(Path directory, Path manifest, Path state) {
        this.directory = directory;
        this.manifest = manifest;
        this.state = state;
    }

    @Override
    public Location location() {
        return new HostDirectory(directory);
    }

    @Override
    public Changes changes() {
        ProjectDirectory.requireForOpen(directory);
        Tree before = new ManifestFile(manifest).read();
        var walk = new TreeWalk(directory, manifest, state);
        Tree now = walk.run();
        return new TreeComparison(before, now, walk).changes();
    }
}
