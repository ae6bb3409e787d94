package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The directories of a store into which engines export, and which hold the contents of what is pending afterwards. Thread-safe, also
 * between processes.
 */
final class Arrivals {
    private static final String PREFIX = "arrival-";

    private final Path store;

    Arrivals(Path store) {
        this.store = store;
    }

    /** An empty one. */
    Path create() throws IOException {
        return PrivateTree.create(store.resolve(Owner.newName(PREFIX)));
    }

    boolean isIn(Path directory) {
        return store.equals(directory.getParent());
    }

    /** Where the content of an entry lies that has some. */
    Path file(Pending entry) {
        return store.resolve(entry.arrival()).resolve(entry.path());
    }

    /** Whether a power cut left less of a file than arrived. What is not there at all was applied. */
    boolean isTorn(Pending entry) throws IOException {
        if (!entry.wanted().equals(Optional.of(FileType.FILE))) return false;
        Optional<FileStamp> there = new StampReader(store).find(file(entry));
        return there.isPresent() && there.get().size() != entry.size();
    }

    /** Deletes one that an index does not name. */
    void release(Path directory, PendingIndex index) {
        if (name(directory).startsWith(PREFIX) && !isUsed(directory, index)) PrivateTree.delete(directory);
    }

    boolean isUsed(Path directory, PendingIndex index) {
        return names(index).contains(name(directory));
    }

    private static String name(Path directory) {
        return String.valueOf(directory.getFileName());
    }

    /** Deletes what processes left that an index does not name. */
    void deleteAbandoned(Supplier<PendingIndex> index) {
        List<Path> abandoned = PrivateTree.abandoned(store, PREFIX);
        // In this order: who ends meanwhile may have recorded something.
        Set<String> used = names(index.get());
        for (Path directory : abandoned) {
            if (!used.contains(name(directory))) PrivateTree.delete(directory);
        }
    }

    /** Deletes the contents of entries that are not there any more. */
    void clear(Collection<Pending> before, PendingIndex after) {
        Set<String> used = names(after);
        var unused = new HashMap<String, List<String>>();
        for (Pending entry : before) {
            if (!entry.hasContent()) continue;
            if (!used.contains(entry.arrival())) {
                unused.computeIfAbsent(entry.arrival(), arrival -> new ArrayList<>())
                        .add(entry.path());
                continue;
            }
            Optional<Pending> now = Optional.ofNullable(after.entries().get(entry.path()));
            boolean kept = now.isPresent() && now.get().arrival().equals(entry.arrival());
            if (!kept) PrivateTree.delete(file(entry));
        }
        unused.forEach((arrival, paths) -> PrivateTree.deleteEmptied(store.resolve(arrival), paths));
    }

    private static Set<String> names(PendingIndex index) {
        var names = new HashSet<String>();
        for (Pending entry : index.entries().values()) {
            if (entry.hasContent()) names.add(entry.arrival());
        }
        return names;
    }
}
