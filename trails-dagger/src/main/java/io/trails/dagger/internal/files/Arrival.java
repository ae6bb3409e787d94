package io.trails.dagger.internal.files;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * What came out of a container and may go into a workspace. Immutable.
 *
 * @param staging holds the new files under their paths, from {@link PendingStore#newStaging}
 * @param items what is in it and may come in, parents first
 * @param removed what is gone; with '/' at its end and without its content for a directory
 * @param refused what may not come in, and why
 */
public record Arrival(Path staging, List<Item> items, List<String> removed, List<Skipped> refused) {
    public Arrival {
        items = List.copyOf(items);
        removed = List.copyOf(removed);
        refused = List.copyOf(refused);
    }

    /**
     * Looks through what an engine exported.
     *
     * @param root the workspace it is meant for
     * @param removed as the engine says, directories with '/' at their end
     */
    public static Arrival read(Path staging, Collection<String> removed, Path root, FileSelection selection) {
        throw new UnsupportedOperationException();
    }

    /** Whether it changes which files are ignored, so that a file left out earlier may belong to the session now. */
    public boolean changesRules() {
        throw new UnsupportedOperationException();
    }

    public boolean isEmpty() {
        return items.isEmpty() && removed.isEmpty();
    }

    /**
     * A file.
     *
     * @param mode the nine permission bits
     * @param target of a symbolic link, else empty
     */
    public record Item(String path, FileType type, int mode, long size, String target) {}
}
