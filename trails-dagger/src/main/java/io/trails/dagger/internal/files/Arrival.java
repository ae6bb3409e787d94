package io.trails.dagger.internal.files;

import io.trails.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * What came out of a container and may go into a workspace. Immutable.
 *
 * @param staging holds the new files under their paths, from {@link PendingStore#newStaging}
 * @param items what is in it and may come in, parents first
 * @param removed what is gone; with '/' at its end and without its content for a directory
 * @param refused what may not come in, and why
 */
public record Arrival(Path staging, List<Item> items, List<String> removed, List<Skipped> refused) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MICROSECOND = TimeUnit.MICROSECONDS.toNanos(1);

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

    /**
     * Without the files that a container has as the host had them once, where the host has them otherwise now: these were touched on
     * the host alone. Programs that give a file another content of the same size give it the same time only on purpose.
     *
     * @param then what the host had
     */
    public Arrival withoutUntouched(Manifest then, Path root) {
        var stamps = new StampReader(root);
        var left = new ArrayList<Item>();
        for (Item item : items) {
            Optional<FileStamp> before = then.get(item.path());
            boolean known = item.type() == FileType.FILE && before.isPresent() && isTelling(before.get());
            try {
                if (known && isAsBefore(stamps, item, before.get()) && isTouched(stamps, root, item, before.get())) {
                    continue;
                }
            } catch (IOException unknown) {
                LoggerFactory.getLogger(Arrival.class).debug("{} counts as touched", item.path(), unknown);
            }
            left.add(item);
        }
        return new Arrival(staging, left, removed, refused);
    }

    /** Whole seconds are what archives and builds set. */
    private static boolean isTelling(FileStamp before) {
        return before.type() == FileType.FILE && !before.fresh() && before.modified() % SECOND >= MICROSECOND;
    }

    private boolean isAsBefore(StampReader stamps, Item item, FileStamp before) throws IOException {
        Optional<FileStamp> came = stamps.find(staging.resolve(item.path()));
        // Copies on their way to a container may lose what is less than a microsecond.
        return came.isPresent()
                && came.get().modified() / MICROSECOND == before.modified() / MICROSECOND
                && item.size() == before.size()
                && item.mode() == (before.mode() & StagedTree.ALLOWED);
    }

    private static boolean isTouched(StampReader stamps, Path root, Item item, FileStamp before) throws IOException {
        Optional<FileStamp> now = stamps.find(root.resolve(item.path()));
        return now.isEmpty() || !now.get().sameAs(before);
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
