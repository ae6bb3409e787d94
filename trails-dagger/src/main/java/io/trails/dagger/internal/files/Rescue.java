package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A copy of what is pending that outlives its session: the files below {@code files}, a list of what is removed, with a NUL after
 * each, in {@code removed}, and below {@code torn} what a power cut left of a file.
 */
final class Rescue {
    private final Path store;
    private final Path target;
    private final Arrivals arrivals;

    /** @param target created if absent */
    Rescue(Path store, Path target) {
        this.store = store;
        this.target = target;
        this.arrivals = new Arrivals(store);
    }

    /** Answers what was written. */
    List<Path> write(Collection<Pending> entries) throws IOException {
        var written = new ArrayList<Path>();
        var whole = new ArrayList<Pending>();
        var torn = new ArrayList<Pending>();
        var removed = new StringBuilder();
        Path files = target.resolve("files");
        for (Pending entry : entries) {
            if (entry.isRemoval()) removed.append(entry.before()).append('\0');
            boolean damaged = arrivals.isTorn(entry);
            (damaged ? torn : whole).add(entry);
            if (entry.hasContent()) written.add((damaged ? target.resolve("torn") : files).resolve(entry.path()));
        }
        Files.createDirectories(target);
        new OverlayCopy(store, files).copy(whole);
        if (!torn.isEmpty()) new OverlayCopy(store, target.resolve("torn")).copy(torn);
        if (removed.length() > 0) written.add(Files.writeString(target.resolve("removed"), removed));
        return written;
    }
}
