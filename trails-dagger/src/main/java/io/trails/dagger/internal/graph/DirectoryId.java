package io.trails.dagger.internal.graph;

/**
 * Names a directory to the engine that gave it, as long as that session lasts. Never stored.
 *
 * @param value opaque
 */
public record DirectoryId(String value) implements ObjectId {
    @Override
    public String type() {
        return "Directory";
    }
}
