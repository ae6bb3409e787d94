package io.trails.dagger.internal.files;

import io.trails.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
     * Looks through what an engine exported. What is ignored is judged by the rules that come along, else by those of the
     * workspace.
     *
     * @param root the workspace it is meant for
     * @param removed as the engine says, directories with '/' at their end
     * @throws io.trails.TrailsException {@code dagger.arrival-unreadable}
     */
    public static Arrival read(Path staging, Collection<String> removed, Path root, FileSelection selection) {
        var tree = new StagedTree(staging, removed, root, selection);
        tree.read();
        var refused = new ArrayList<>(tree.refused());
        var gone = new ArrayList<String>();
        for (String path : removed) {
            Optional<Reason> refusal = tree.rules().refusal(plain(path), path.endsWith("/"));
            // What is ignored in a directory is not in a manifest either, so it stays when the directory goes.
            boolean wanted = refusal.isEmpty() || (path.endsWith("/") && isIgnored(refusal.get()));
            if (wanted) gone.add(path);
            else refused.add(new Skipped(path, refusal.get()));
        }
        return new Arrival(staging, tree.items(), gone, refused);
    }

    /** Whether it changes which files are ignored, so that a file left out earlier may belong to the session now. */
    public boolean changesRules() {
        return removed.stream().anyMatch(Arrival::isRules) || items.stream().anyMatch(item -> isRules(item.path()));
    }

    public boolean isEmpty() {
        return items.isEmpty() && removed.isEmpty();
    }

    static String plain(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    static boolean isIgnored(Reason refusal) {
        return refusal.code().equals("dagger.path-ignored");
    }

    private static boolean isRules(String path) {
        return path.equals(IgnoreFiles.NAME) || path.endsWith("/" + IgnoreFiles.NAME);
    }

    /**
     * A file.
     *
     * @param mode the nine permission bits
     * @param size in bytes; 0 for a directory
     */
    public record Item(String path, FileType type, int mode, long size) {}
}
