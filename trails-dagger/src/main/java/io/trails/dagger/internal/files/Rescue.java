package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A copy of what is pending that outlives its session: the files below {@code files}, and a list of what is removed, with a NUL after
 * each, in {@code removed}.
 */
final class Rescue {
    private final Path store;
    private final Path target;

    /** @param target created if absent */
    Rescue(Path store, Path target) {
        this.store = store;
        this.target = target;
    }

    /** Answers what was written. */
    List<Path> write(Collection<Pending> entries) throws IOException {
        var written = new ArrayList<Path>();
        var removed = new StringBuilder();
        Path files = target.resolve("files");
        for (Pending entry : entries) {
            if (entry.isRemoval()) removed.append(entry.before()).append('\0');
            if (entry.hasContent()) written.add(files.resolve(entry.path()));
        }
        Files.createDirectories(target);
        new OverlayCopy(store, files).copy(entries);
        if (removed.length() > 0) written.add(Files.writeString(target.resolve("removed"), removed));
        return written;
    }
}
